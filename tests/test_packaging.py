"""The wheel: built from what is locked, with the pack inside, it answers from any folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*command, cwd, **more):
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built by the builder that is installed: nothing is fetched."""
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=ROOT)
    [path] = out.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A fresh environment that holds the wheel; its dependencies are those of this one."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin/python"
    [packages] = (folder / "lib").glob("python3.*/site-packages")
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-index", "--no-deps", "--quiet", wheel, cwd=folder)
    # Without the `.pth` file of the editable install here, so that only the wheel brings `advisor`.
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


def without_pack(**more):
    return {**{key: value for key, value in os.environ.items() if key not in ("ADVISOR_PACK", "PYTHONPATH")}, **more}


def test_the_pack_is_inside_as_it_is_here(wheel):
    with zipfile.ZipFile(wheel) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    for folder in ("data", "rules"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file():
                assert inside[f"advisor/pack/{path.relative_to(ROOT)}"] == path.read_bytes()
    assert "advisor/py.typed" in inside
    assert any(name.endswith("licenses/LICENSE") for name in inside)
    assert any(name.endswith(".tcss") for name in inside)
    assert not [name for name in inside if name.startswith(("tests", "benchmarks", "docs"))]


def test_the_installed_command_answers_from_another_folder(installed, tmp_path):
    command = installed / "bin/advisor"
    where = run(installed / "bin/python", "-c", "import advisor; print(advisor.__file__)", cwd=tmp_path, env=without_pack())
    assert where.startswith(str(installed))
    env = without_pack()
    answer = run(command, "ask", "how much is georgia tech", cwd=tmp_path, env=env, stdin=subprocess.DEVNULL)
    assert "$7,000" in answer
    assert run(command, "check", cwd=tmp_path, env=env).startswith("pack is fine: 10 programs")
    assert run(installed / "bin/python", "-m", "advisor", "--version", cwd=tmp_path, env=env).startswith("advisor ")


def test_the_lock_names_hashes_and_no_index():
    lock = (ROOT / "requirements.lock").read_text()
    assert "http" not in lock
    assert "file:" not in lock
    assert not re.search(r"^\s*--(index|extra-index|find-links|trusted)", lock, re.MULTILINE)
    entries = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", lock, re.MULTILINE | re.DOTALL)
    assert entries
    assert [entry.split("==")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_holds_every_dependency_of_the_project():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"], *project["build-system"]["requires"]]
    locked = {name.lower() for name in re.findall(r"^([A-Za-z0-9_.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)}
    assert {re.split(r"[<>=~!\[; ]", one)[0].lower() for one in wanted} <= locked
