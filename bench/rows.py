"""A row of the benchmark's table: what was measured, against what, and whether it reaches its goal."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Sense = Literal["at least", "at most", "exactly"]
Goal = tuple[Sense, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One job: ours and the reference in ``unit``, their ratio, the goal for it, and the sizes measured.

    ``goal`` is None for a row that is told for information only.
    """

    job: str
    ours: float
    reference: float
    ratio: float
    goal: float | None
    sense: Sense
    unit: str
    sizes: str

    @property
    def met(self) -> bool | None:
        """Whether the ratio reaches the goal; None without one."""
        if self.goal is None:
            return None
        if self.sense == "at least":
            return self.ratio >= self.goal
        return self.ratio <= self.goal if self.sense == "at most" else self.ratio == self.goal


def row(job: str, measured: tuple[float, float], goal: Goal | None, unit: str, sizes: str) -> Row:
    """Return the row of what was measured, (ours, reference), whose ratio is the first to the second."""
    ours, reference = measured
    sense, least = goal or ("at least", None)
    return Row(job, ours, reference, ours / reference, least, sense, unit, sizes)


def as_json(found: Row) -> str:
    """One object on one line: job, ours, reference, ratio, goal, sense, unit, sizes, met."""
    return json.dumps({**asdict(found), "met": found.met})


def as_table(rows: Iterable[Row]) -> str:
    """The rows for reading, in columns as wide as their widest cell."""
    head = ("job", "ours", "reference", "ratio", "goal", "", "measured on")
    cells = [head, *(_cells(found) for found in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def in_words(found: Row) -> str:
    """The row as one line, for whoever waits for the table."""
    return " ".join(cell for cell in _cells(found) if cell)


def _cells(found: Row) -> tuple[str, ...]:
    ratio = f"{found.ratio:.3g}" if found.ratio < 100 else f"{found.ratio:,.0f}"
    goal = "" if found.goal is None else f"{found.sense} {found.goal:g}"
    verdict = {None: "", True: "met", False: "MISSED"}[found.met]
    return (
        found.job,
        _figure(found.ours, found.unit),
        _figure(found.reference, found.unit),
        ratio,
        goal,
        verdict,
        found.sizes,
    )


def _figure(amount: float, unit: str) -> str:
    return f"{amount:,.0f} {unit}" if amount >= 100 else f"{amount:.3g} {unit}"
