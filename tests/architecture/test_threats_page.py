"""docs/threats.md names tests that exist, and the limits as they are."""

import re
from datetime import timedelta
from pathlib import Path

from accounts.limiting.limits import LIMITS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(test_\w+)`")
DEFINED = re.compile(r"^\s*def (test_\w+)\(", re.MULTILINE)


def test_every_test_that_it_names_exists() -> None:
    known = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in DEFINED.findall(file.read_text("utf-8"))
    }
    named = set(NAMED.findall(PAGE))
    assert len(named) > 40
    assert named - known == set()


def test_every_row_names_a_test() -> None:
    threats = PAGE.split("| threat | guard | shown by |")[1:]
    rows = [row for part in threats for row in part.split("\n\n")[0].splitlines()[2:]]
    assert len(rows) > 20
    assert [row for row in rows if not NAMED.search(row)] == []


def test_the_limits_stand_there_as_they_are() -> None:
    for limit in LIMITS:
        minutes = limit.period // timedelta(minutes=1)
        by_account = "–" if limit.by_account is None else limit.by_account
        assert f"| `{limit.name}` | {minutes} minutes | {limit.by_address} | {by_account} |" in PAGE
