"""The rule by which every CSV of the portal is written: no cell starts a formula, and each value comes back whole."""

import csv
from io import StringIO

from hypothesis import example, given
from hypothesis import strategies as st

from accounts.desk import spreadsheets

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NASTY = st.text(alphabet="=+-@\t\r\n＝＋－＠'\" ,;\\|%aé1\u00a0", max_size=12)


@given(st.lists(st.lists(NASTY, min_size=2, max_size=4), min_size=1, max_size=5))
@example([["=HYPERLINK(A1)", '"=1+1"', "a\r\nb", "'"]])
@example([["'=1", "''", " ＝1", "\n=1"]])
def test_whatever_is_written_starts_no_formula_and_comes_back(rows: list[list[str]]) -> None:
    text = "".join(spreadsheets.lines(rows))
    found = list(csv.reader(StringIO(text, newline=""), strict=True))
    assert not [cell for row in found for cell in row if cell.lstrip(" ").startswith(STARTS)]
    assert [[cell.removeprefix("'") for cell in row] for row in found] == rows


def test_numbers_and_nothing_are_written_plainly_but_for_a_negative_one() -> None:
    assert "".join(spreadsheets.lines([[1, 2.5, None, -3]])) == "1,2.5,,'-3\r\n"


def test_lines_are_made_one_at_a_time() -> None:
    lines = spreadsheets.lines(["row"] for _number in iter(int, 1))
    assert [next(lines) for _line in range(3)] == ["row\r\n"] * 3
