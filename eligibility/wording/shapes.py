"""What the pages draw: a program with its verdict, the FSW grid, a section of points with its lines."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One failed requirement: what was answered, what the rule asks, what would change it.

    ``answer_url``, where the answer can be changed, is for the page to fill in (`dataclasses.replace`).
    """

    program: str
    code: str
    title: str
    answer: str
    rule: str
    change: str
    source: str
    answer_url: str = ""

    @property
    def text(self) -> str:
        """All of it as one paragraph."""
        return f"{self.answer} {self.rule} {self.change}"


@dataclass(frozen=True, slots=True)
class GridRow:
    """One factor of the FSW selection grid."""

    factor: str
    label: str
    answer: str
    points: int
    most: int
    source: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The FSW selection grid; ``most`` is the sum of what its factors can earn."""

    title: str
    rows: list[GridRow]
    total: int
    most: int
    pass_mark: int
    source: str


@dataclass(frozen=True, slots=True)
class ProgramText:
    """The verdict of one program: what failed, and a sentence for each minimum that is met."""

    code: str
    eligible: bool
    title: str
    sentence: str
    reasons: list[Reason]
    met: list[str]
    grid: Grid | None


@dataclass(frozen=True, slots=True)
class LineText:
    """One line of the Comprehensive Ranking System."""

    factor: str
    title: str
    points: int
    most: int
    sentences: list[str]
    source: str

    @property
    def text(self) -> str:
        """All sentences as one paragraph."""
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True)
class SectionText:
    """One section of the Comprehensive Ranking System, after its cap."""

    code: str
    title: str
    points: int
    most: int
    note: str
    lines: list[LineText]
