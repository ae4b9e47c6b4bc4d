"""Rows as CSV that a spreadsheet opens without running anything of it.

A cell that a spreadsheet could take for a formula, or that begins with an apostrophe, gets one apostrophe in front:
taking one leading apostrophe away gives the value back.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence

# The last four are the full-width forms, which some spreadsheets read like the others.
TRIGGERS = ("'", "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Line:
    """What ``csv.writer`` writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def safe_cell(value: object) -> str:
    """Return a value as a cell that starts no formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(TRIGGERS) else text


def lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield rows as lines of CSV, one at a time."""
    writer = csv.writer(_Line())
    for row in rows:
        yield writer.writerow([safe_cell(value) for value in row])
