"""What conceivable steps are made of: rungs of a ladder, each a profile with one thing changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from rules.days import day
from rules.factors import Findings, find
from rules.parameters import Book, InForce
from rules.records import Profile, Spouse
from rules.timeline import Timeline, timeline

Whose = Literal["applicant", "spouse"]
APPLICANT: Final[Whose] = "applicant"
SPOUSE: Final[Whose] = "spouse"


@dataclass(frozen=True, slots=True)
class AsItStands:
    """A profile on its `as_of` as it stands, which every step changes in one thing."""

    profile: Profile
    rules: InForce
    known: Timeline
    found: Findings

    @property
    def on(self) -> date:
        return self.profile.as_of


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: its kind, what it takes in codes and numbers (`needs`), and the profile after it."""

    kind: str
    needs: Mapping[str, Any]
    changed: Profile


@dataclass(frozen=True, slots=True)
class Ladder:
    """Steps of one sort, the easiest first. `only_next`: of those that gain, only the first is of interest."""

    rungs: tuple[Rung, ...]
    only_next: bool = False


def now_of(profile: Profile, on: date, book: Book) -> AsItStands:
    """The `AsItStands` of a profile on a day. Raises `LookupError` for a day before Express Entry began."""
    rules = book.on(on)
    today = replace(profile, as_of=on)
    known = timeline(today, rules)
    return AsItStands(today, rules, known, find(known, day(on)))


def with_spouse(profile: Profile, **changes: Any) -> Profile:
    """The profile with something changed about the spouse whom it has."""
    spouse: Spouse | None = profile.spouse
    if spouse is None:
        raise ValueError("This profile has no spouse to change; ask for one first.")
    return replace(profile, spouse=replace(spouse, **changes))
