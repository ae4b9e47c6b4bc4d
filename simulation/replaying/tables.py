"""Tables that read well on a terminal and in Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """Heads and rows. Figures stand to the right, words to the left; ``None`` is printed as a dash."""

    heads: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]

    def text(self) -> list[str]:
        """Return the table's lines in columns of equal width."""
        lines = [self.heads, *([_words(cell) for cell in row] for row in self.rows)]
        widths = [max(len(line[place]) for line in lines) for place in range(len(self.heads))]
        return ["  ".join(self._cells(line, widths)).rstrip() for line in lines]

    def markdown(self) -> list[str]:
        """Return the table's lines in Markdown."""
        rule = ["---:" if self._is_figures(place) else "---" for place in range(len(self.heads))]
        lines = [self.heads, rule, *([_words(cell) for cell in row] for row in self.rows)]
        return ["| " + " | ".join(line) + " |" for line in lines]

    def _cells(self, line: Sequence[str], widths: Sequence[int]) -> list[str]:
        return [
            cell.rjust(width) if self._is_figures(place) else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]

    def _is_figures(self, place: int) -> bool:
        return not any(isinstance(cell := row[place], str) and not _is_signed(cell) for row in self.rows)


def _is_signed(cell: str) -> bool:
    return cell[:1] in "+-" and cell[1:].isdigit()


def _words(cell: Cell) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:.1f}" if cell >= 1 or not cell else f"{cell:.2g}"
    return str(cell)
