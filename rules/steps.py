"""The single steps that would gain a candidate most, found by assessing each anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from rules.assessment import Assessment, assess_many
from rules.conceivable import Ladder, every_ladder
from rules.conceivable.ladders import Rung, now_of
from rules.parameters import BOOK, Book
from rules.programs import PROGRAM_BITS
from rules.records import Profile

EFFORT: Final = (
    "primary_occupation", "first_language", "outside_quebec", "partner_stays", "partner_comes", "partner_applies",
    "funds", "assessment", "renew_test", "one_ability", "all_abilities", "new_test", "certificate", "job_offer",
    "nomination", "foreign_work", "canadian_work", "second_credential", "study_in_canada", "next_level",
)  # fmt: skip
"""Every kind of step, the one that takes least first: a choice, a paper, a test, work, study. Our own estimate."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the facts as if it were done today, with the result before and after it.

    `kind` is one of `EFFORT`; `needs` says in codes and numbers what it takes; `changed` is the whole profile.
    """

    kind: str
    needs: Mapping[str, Any]
    changed: Profile
    before: Assessment
    after: Assessment

    @property
    def gain(self) -> int:
        """How many points it gains; below 0 where it costs points and opens a program."""
        return self.after.total - self.before.total

    @property
    def opens(self) -> tuple[str, ...]:
        """The programs ("CEC", "FSW", "FST", "PNP") that are met only after the step."""
        return _programs(self.after.program_bits & ~self.before.program_bits)

    @property
    def closes(self) -> tuple[str, ...]:
        """The programs that are no longer met after the step."""
        return _programs(self.before.program_bits & ~self.after.program_bits)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories that find the candidate only after the step."""
        return tuple(code for code in self.after.categories if code not in self.before.categories)

    @property
    def key(self) -> str:
        """A name of the step that tells it from every other step of the same profile and day."""
        return ":".join([self.kind, *(str(value) for value in self.needs.values())])


def best_steps(
    profile: Profile, on: date, *, partner_birth_date: date | None = None, book: Book = BOOK
) -> list[Step]:
    """The single steps that gain points or open a program on `on`, the greatest gain first.

    Of equal gain the one that opens more programs comes first, then the one that takes less (`EFFORT`). A step
    is not listed if an easier one of its sort (a lower level of the same test, fewer years of the same work)
    gives as much. That a partner applies instead is tried where `partner_birth_date` is given. Raises
    `LookupError` for a day before Express Entry began.
    """
    now = now_of(profile, on, book)
    ladders = list(every_ladder(now, partner_birth_date))
    profiles = [now.profile, *(rung.changed for ladder in ladders for rung in ladder.rungs)]
    before, *results = assess_many(profiles, on, next_change=False, book=book)
    after = iter(results)
    steps = [
        step
        for ladder in ladders
        for step in _climbed(ladder, before, [next(after) for _rung in ladder.rungs])
    ]
    return sorted(steps, key=_order)


def is_worthwhile(before: Assessment, after: Assessment) -> bool:
    """Whether a step gains points or opens a program."""
    return after.total > before.total or bool(after.program_bits & ~before.program_bits)


def one_of_each(steps: Iterable[Step]) -> list[Step]:
    """The best of each kind of step, for each person and language, in the order given."""
    found: dict[tuple[object, ...], Step] = {}
    for step in steps:
        subject = "test" if "test" in step.needs else step.kind
        found.setdefault((subject, step.needs.get("whose"), step.needs.get("language")), step)
    return list(found.values())


def _climbed(ladder: Ladder, before: Assessment, results: list[Assessment]) -> list[Step]:
    """The rungs of a ladder that are worth more than every rung below them."""
    climbed: list[Step] = []
    for rung, after in zip(ladder.rungs, results, strict=True):
        below = climbed[-1].after if climbed else before
        if is_worthwhile(before, after) and is_worthwhile(below, after):
            climbed.append(_step(rung, before, after))
            if ladder.only_next:
                break
    return climbed


def _step(rung: Rung, before: Assessment, after: Assessment) -> Step:
    return Step(rung.kind, rung.needs, rung.changed, before, after)


def _order(step: Step) -> tuple[int, int, int, str]:
    return -step.gain, -len(step.opens), EFFORT.index(step.kind), step.key


def _programs(bits: int) -> tuple[str, ...]:
    return tuple(name for name, bit in PROGRAM_BITS.items() if bits & bit)
