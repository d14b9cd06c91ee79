"""Every message of tests/understanding/tables/ is read as written there."""

from __future__ import annotations

from typing import Any

import pytest
from table_cases import cases, problems


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in cases()])
def test_message(case: dict[str, Any]) -> None:
    assert not problems(case), case["say"]
