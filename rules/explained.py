"""What an explanation is made of: lines, requirements and grid factors, each with its facts and its rule.

Everything here is data, codes and JSON values, no prose; sentences are made elsewhere.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from rules.parameters import Row

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """What was read of the law: a parameter, the value or table cell, its cap, its first day and its source.

    `cap` is the most that the line can earn for this candidate, None where nothing is capped.
    """

    parameter: str
    value: Any
    cap: int | None
    first_day: date
    source: str
    confidence: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the Comprehensive Ranking System, with the facts that decided it."""

    section: str
    factor: str
    points: int
    facts: Facts
    rule: Rule


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the Comprehensive Ranking System after its cap, which `rule` gives."""

    section: str
    points: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement of a program; `code` is the reason that a result gives when it is not met."""

    program: str
    code: str
    met: bool
    facts: Facts
    rule: Rule


@dataclass(frozen=True, slots=True)
class GridFactor:
    """One factor of the FSW selection grid, with the facts that decided it."""

    factor: str
    points: int
    facts: Facts
    rule: Rule


@dataclass(frozen=True, slots=True)
class Explanation:
    """16 lines and 4 sections in order, every requirement of each program, the six factors of the FSW grid."""

    as_of: date
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    requirements: dict[str, tuple[Requirement, ...]]
    grid: tuple[GridFactor, ...]

    def failed(self, program: str) -> tuple[Requirement, ...]:
        """The requirements of `program` that are not met, in the order of the result's reasons."""
        return tuple(requirement for requirement in self.requirements[program] if not requirement.met)


def rule(row: Row, value: Any, cap: int | None = None) -> Rule:
    """The `Rule` of a parameter's row, of which `value` was read."""
    return Rule(row.name, plain(value), cap, row.first_day, row.source, row.confidence, row.note)


def plain(value: Any) -> Any:
    """`value` with days as ISO text and tuples as lists, as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key if isinstance(key, str) else str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in value]
    return value


def to_json(part: Line | Requirement | GridFactor) -> dict[str, Any]:
    """One part of an explanation as JSON, with the rule's members beside its own."""
    document = asdict(part)
    document |= document.pop("rule")
    kept: dict[str, Any] = plain({key: value for key, value in document.items() if value is not None})
    return kept
