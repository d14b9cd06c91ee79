"""A pack of two programs that loads in milliseconds, and a way to break one thing of it and see what is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import fields

from advisor.errors import PackError, Problem
from advisor.knowledge.build import bare_type
from advisor.knowledge.pack import Pack
from advisor.knowledge.reading import read_pack
from advisor.knowledge.sentences import SENTENCES
from advisor.knowledge.stances import Stances
from advisor.knowledge.strict import Strict
from advisor.knowledge.words import Words

FILES = {
    "data/kinds.yaml": """\
program:
  plural: programs
  file: programs.yaml
  nouns: [program]
  columns: [name, tuition]
  attributes:
    name: {type: text, label: name}
    tuition: {type: money, label: tuition, better: lower, near: 5%}
    credits: {type: number, label: credits}
    gre:
      type: choice
      label: GRE
      values:
        required: {say: requires the GRE, yes_no: yes}
        not_required: {say: does not require the GRE, yes_no: no}
    expects: {type: list, label: what it expects}
    strong_in: {type: list, of: field, label: strengths}
    length: {type: text, label: length}
    deadline: {type: text, label: deadline, filled_by: official}
    page: {type: address, label: page}
  derived:
    per_credit: {of: tuition, by: credits, label: a credit}
field:
  plural: fields
  file: fields.yaml
  attributes:
    name: {type: text, label: name}
    summary: {type: text, label: in short}
""",
    "data/programs.yaml": """\
source: guide/costs
alpha:
  name: Alpha
  aliases: [alf]
  tuition: about $7,000
  credits: 30
  gre: {value: not_required, also: guide/tests, note: scores may help}
  expects: [math, python]
  strong_in:
    - {value: vision, source: guide/fields, note: a lab of its own}
    - language
  length:
    - {for: full time, value: 2 years}
    - {for: beside a job, value: 4 years, usual: yes, source: guide/fields}
  deadline: {value: unknown, looked_in: guide/tests}
  page: https://alpha.example/apply?x=1
beta:
  name: Beta
  tuition: 75,000+
  credits: 36
  gre: required
""",
    "data/fields.yaml": """\
source: guide/fields
vision:
  name: Vision
  summary: pictures
language:
  name: Language
  summary: words
""",
    "data/sources.yaml": """\
guide:
  title: The guide
  as_of: 2026
  sections: {costs: costs, tests: tests, fields: fields}
""",
    "data/official.yaml": """\
sources:
  alpha-page: {title: Alpha's page, publisher: Alpha, address: https://alpha.example, as_of: 2025, dated: yes}
  beta-page: {title: Beta's page, address: https://beta.example}
alpha:
  deadline: {value: 1 March, say: applications are due on 1 March, source: alpha-page, as_of: 2025, dated: yes}
beta:
  deadline: {value: 1 May, say: applications are due on 1 May, source: beta-page, volatile: yes}
conflicts:
  - {program: beta, attribute: gre, say: its page makes the GRE optional, source: beta-page, as_of: unknown}
""",
    "data/office.yaml": "",
    "data/faq.yaml": """\
hard:
  question: Is it hard?
  answer:
    - say: It takes work.
      source: guide/fields
""",
    "rules/topics.yaml": """\
groups: {}
topics:
  math: {label: mathematics, phrases: [math]}
  python: {label: Python, phrases: [python]}
  gre: {label: the GRE, phrases: [gre]}
""",
    "rules/degrees.yaml": """\
scale: {strong: 3, some: 2, slight: 1}
factors: {likes: 1, wants: 1, avoids: -1, refuses: -1, has: 0, lacks: 0, mentioned: 0.5, asked: 0.5}
avoid_factors: {avoids: 1}
margins: {close: 1, ahead: 2}
degrees: [ml, ds]
rules:
  - rule: numbers
    when: {likes: math}
    favors: {ml: strong}
    disfavors: {ds: some}
    because: you like numbers
    source: guide/fields
""",
    "rules/programs.yaml": """\
- limit: no-gre
  when: {refuses: gre}
  require: {program.gre: not_required}
  broken: it requires the GRE
  source: guide/tests
- prefer: numbers
  when: {likes: math}
  favors: {alpha: strong}
  disfavors: {beta: some}
  because: it has many
  source: guide/fields
""",
    "rules/cautions.yaml": """\
- caution: expected
  when: {program.expects: "any of {lacks}"}
  say: "{program.name} expects {program.expects}."
  source: guide/tests
""",
    "rules/interview.yaml": """\
- question: budget
  about: programs
  ask: What can you spend?
  amount: tuition
  choices:
    low: {label: Little, examples: [not much], limits: {tuition: at most 25000}}
- question: numbers
  ask: Do you like numbers?
  covered_by: [math]
  when: {likes: python}
  choices:
    yes: {label: I do, means: {likes: [math]}}
    no: {label: I do not, means: {avoids: math}}
""",
    "rules/intents/costs.yaml": """\
cost.help:
  examples: [help with money]
  answer:
    - say: "{program.name} costs {program.tuition}."
      when: {program.tuition: known}
      else: "{alpha.name} is the cheapest."
      source: guide/costs
    - table: program
      where: {program.gre: not_required}
      columns: [tuition, gre]
      ids: [alpha, beta]
      sort: tuition
  programs: [alpha]
  chips: [What else?]
""",
    "rules/wording.yaml": "empty: Say something.\n" + "".join(
        f'{key}: "Words{"".join(f" {{{name}}}" for name in sorted(names))}."\n' for key, names in SENTENCES.items() if key != "empty"),
    "rules/synonyms.yaml": "price: [price, cost]\n",
    "rules/common_words.txt": "the a of\n",
}


def _skeleton(model: type[Strict]) -> dict[str, Any]:
    """Every required key of a format, as empty as it may be: words of a kind that these tests have no use for."""
    out: dict[str, Any] = {}
    for field in fields(model):
        if not field.required:
            continue
        kind = bare_type(field.type)
        empty: Any = {} if kind is dict else [] if kind is tuple else "program"
        if isinstance(kind, type) and issubclass(kind, Strict):
            empty = _skeleton(kind)
        out[field.encode_name] = empty
    return out


def _yaml(data: Mapping[str, Any]) -> str:
    import json

    return json.dumps(data, indent=1)  # JSON is YAML


class Found(Struct, frozen=True):
    """The problems of a broken pack, and the place of the mark in the file that was broken."""

    problems: tuple[Problem, ...]
    file: str
    line: int
    column: int

    def here(self) -> Problem:
        """The one problem at the mark; fails with all of them when there is none, or more than one."""
        found = [p for p in self.problems if (p.file, p.line, p.column) == (self.file, self.line, self.column)]
        assert len(found) == 1, f"expected one problem at {self.file}:{self.line}:{self.column}, got:\n" + "\n".join(map(str, self.problems))
        return found[0]


class LittlePack:
    """The files of the small pack in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in {**FILES, "rules/words.yaml": _yaml(_skeleton(Words)), "rules/stances.yaml": _yaml(_skeleton(Stances))}.items():
            self.write(name, text)

    def write(self, name: str, text: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def change(self, name: str, old: str, new: str) -> tuple[int, int]:
        """`old` becomes `new`, less the mark `«` in it, whose place (line, column) is given back."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        marked = text.replace(old, new)
        before = marked.partition("«")[0]
        self.write(name, marked.replace("«", ""))
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    def read(self) -> Pack:
        return read_pack(self.root)

    def problems(self) -> tuple[Problem, ...]:
        with pytest.raises(PackError) as raised:
            self.read()
        return raised.value.problems


@pytest.fixture
def little(tmp_path: Path) -> LittlePack:
    return LittlePack(tmp_path / "pack")


@pytest.fixture
def broken(little: LittlePack) -> Callable[[str, str, str], Found]:
    """Breaks one thing of the small pack and gives what is wrong with it."""

    def break_(name: str, old: str, new: str) -> Found:
        line, column = little.change(name, old, new)
        return Found(little.problems(), name, line, column)

    return break_
