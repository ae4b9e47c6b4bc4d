"""All that time alone will change for a candidate, day by day, with the reason; exact, like `next_change_on`.

Each change is walked to by `next_change_on`. Its causes are found by trying: what happens on the day is put off, and
what makes a difference is a cause (`rules.happenings`); work is compared with the day before (`rules.milestones`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from rules.assessment import Assessment, assess
from rules.categories import match
from rules.days import day
from rules.education import credentials
from rules.factors import find
from rules.happenings import Cause, Happening, first_days, funds_about, happenings
from rules.language import counting, sittings
from rules.milestones import milestones
from rules.parameters import BOOK, Book
from rules.programs import PROGRAM_BITS, Verdict, judge
from rules.ranking import LINES, factor_table, rank
from rules.records import Education, LanguageTest, Profile, Spouse
from rules.timeline import Timeline, timeline

KINDS: Final = (
    "birthday", "test_counts", "test_expires", "credential_counts", "eca_expires", "work_gained", "work_lost",
    "offer_counts", "certificate_counts", "relative_adult", "nomination_starts", "nomination_ends",
    "funds_table", "funds_deadline", "categories_set", "rule_changes", "profile_expires", "several",
)  # fmt: skip
"""Every kind of cause. `several`: no single fact of the day explains the change, only some of them together."""

NOTED: Final = frozenset({"test_expires", "eca_expires", "funds_table"})
"""Kinds worth a line of their own even on a day on which the result stays as it is."""


@dataclass(frozen=True, slots=True)
class Change:
    """One day: the result before it and from it on, why it changes, and what else happens.

    `before` and `after` are assessed on the last day of change before `on`, or the first day of the outlook, and on
    the last day of change up to `on`. A day with `notes` only has no causes, and changes nothing.
    """

    on: date
    before: Assessment
    after: Assessment
    causes: tuple[Cause, ...] = ()
    notes: tuple[Cause, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the result differs from this day on."""
        return bool(self.causes)

    @property
    def weighs(self) -> bool:
        """Whether points, programs or categories differ, and not only the grid or a requirement among others."""
        before, after = self.before, self.after
        return (before.total, before.program_bits, before.category_bits) != (
            after.total,
            after.program_bits,
            after.category_bits,
        )

    @property
    def delta(self) -> int:
        """Points gained, negative if lost."""
        return self.after.total - self.before.total

    @property
    def lines(self) -> tuple[tuple[str, int, int], ...]:
        """The lines that change: name, points before, points after."""
        rows = zip(LINES, self.before.lines, self.after.lines, strict=True)
        return tuple((name, before, after) for name, before, after in rows if before != after)

    @property
    def programs_gained(self) -> tuple[str, ...]:
        return _programs(self.after.program_bits & ~self.before.program_bits)

    @property
    def programs_lost(self) -> tuple[str, ...]:
        return _programs(self.before.program_bits & ~self.after.program_bits)

    @property
    def categories_gained(self) -> tuple[str, ...]:
        return tuple(code for code in self.after.categories if code not in self.before.categories)

    @property
    def categories_lost(self) -> tuple[str, ...]:
        return tuple(code for code in self.before.categories if code not in self.after.categories)


def _programs(bits: int) -> tuple[str, ...]:
    return tuple(name for name, bit in PROGRAM_BITS.items() if bits & bit)


def outlook(
    profile: Profile, on: date, until: date, *, ends_on: date | None = None, book: Book = BOOK
) -> list[Change]:
    """Every day after `on` up to `until` on which the result changes although the facts stay, and what is to be noted.

    `ends_on`: the day on which the profile leaves the pool, if it is in one. Raises `LookupError` for a day before
    Express Entry began.
    """
    found = {change.on: change for change in walk(profile, on, until, book=book)}
    first = assess(profile, on, next_change=False, book=book)
    return _with_notes(found, first, _noted(profile, on, until, ends_on, book))


def walk(profile: Profile, on: date, until: date, *, book: Book = BOOK) -> Iterator[Change]:
    """The changes alone, without notes, each worked out when it is asked for."""
    now = assess(profile, on, book=book)
    while now.next_change_on is not None and now.next_change_on <= until:
        after = assess(profile, now.next_change_on, book=book)
        yield _change(profile, now, after, book)
        now = after


def changes_on(profile: Profile, on: date, until: date, *, book: Book = BOOK) -> list[date]:
    """The days alone: each on which the result differs from that of the day before."""
    days: list[date] = []
    following = assess(profile, on, book=book).next_change_on
    while following is not None and following <= until:
        days.append(following)
        following = assess(profile, following, book=book).next_change_on
    return days


# ---- causes ---------------------------------------------------------------------------------------------

_Result = tuple[list[int], dict[str, Verdict], tuple[str, ...]]


def _change(profile: Profile, before: Assessment, after: Assessment, book: Book) -> Change:
    on = after.as_of
    known = timeline(profile, book.on(on))
    todays, worked = happenings(known, on, book), milestones(known, on)
    causes = [*_effective(known, todays, on, alone=len(todays) == 1 and not worked), *worked]
    if not causes:
        causes = [Cause("several", {"kinds": [one.cause.kind for one in todays]})]
    return Change(on, before, after, tuple(causes))


def _effective(known: Timeline, todays: list[Happening], on: date, *, alone: bool) -> Iterator[Cause]:
    """The causes of the happenings without which the result of `on` would be another."""
    result = None if alone or not todays else _result(known, on)
    for happening in todays:
        if alone or _result(happening.undone(known), on) != result:
            yield happening.cause


def _result(known: Timeline, on: date) -> _Result:
    found = find(known, day(on))
    french = found.first if known.profile.first_official_language == "fr" else found.second
    points = rank(factor_table([found.factors]), known.rules)
    figures = [*points.lines[:, 0].tolist(), *points.sections[:, 0].tolist()]
    return figures, judge(known, found), match(known.checks, french, found.day, known.rules)


# ---- what is noted although nothing changes ---------------------------------------------------------------


def _noted(
    profile: Profile, on: date, until: date, ends_on: date | None, book: Book
) -> dict[date, list[Cause]]:
    known = timeline(profile, book.on(on))
    spouse = known.spouse
    ends = [sitting.until for sitting in (*known.first, *known.second, *(spouse.sittings if spouse else ()))]
    ends += [one.until for one in (*known.credentials, *(spouse.credentials if spouse else ()))]
    tables = [first for first, names in first_days(book).items() if "funds.table" in names]
    days = {date.fromordinal(number) for number in ends if on.toordinal() < number <= until.toordinal()}
    noted: dict[date, list[Cause]] = {}
    for when in sorted(days | {first for first in tables if on < first <= until}):
        todays = happenings(timeline(profile, book.on(when)), when, book)
        noted[when] = [one.cause for one in todays if one.cause.kind in NOTED]
    for first in tables:
        about = funds_about(profile, first, book)
        deadline = date.fromisoformat(about["deadline"]) if about["deadline"] else None
        if deadline is not None and on < deadline <= until:
            noted.setdefault(deadline, []).append(Cause("funds_deadline", about))
    if ends_on is not None and on < ends_on <= until:
        noted.setdefault(ends_on, []).append(Cause("profile_expires", {}))
    return noted


def _with_notes(found: dict[date, Change], now: Assessment, noted: dict[date, list[Cause]]) -> list[Change]:
    """The changes with the notes of their days, and the days of notes alone among them."""
    merged: list[Change] = []
    for when in sorted(found.keys() | noted.keys()):
        change = found.get(when) or Change(when, now, now)
        notes = tuple(cause for cause in noted.get(when, ()) if cause not in change.causes)
        if change.causes or notes:
            merged.append(replace(change, notes=notes))
        now = change.after
    return merged


# ---- what renewing would keep ------------------------------------------------------------------------------


def renewed(profile: Profile, on: date) -> Profile:
    """The profile with each test and assessment that counts on `on` taken or issued anew that day, results alike."""
    spouse = profile.spouse
    return replace(
        profile,
        language_tests=_retaken(profile.language_tests, on),
        education=_reassessed(profile.education, on),
        spouse=None if spouse is None else _renewed_spouse(spouse, on),
    )


def _renewed_spouse(spouse: Spouse, on: date) -> Spouse:
    tests, education = _retaken(spouse.language_tests, on), _reassessed(spouse.education, on)
    return replace(spouse, language_tests=tests, education=education)


def _retaken(tests: tuple[LanguageTest, ...], on: date) -> tuple[LanguageTest, ...]:
    listed = sittings(tests, BOOK.on(on)).values()
    counted = [sitting.test for language in listed if (sitting := counting(language, on.toordinal()))]
    return tuple(replace(test, date_taken=on) if test in counted else test for test in tests)


def _reassessed(educations: tuple[Education, ...], on: date) -> tuple[Education, ...]:
    number = on.toordinal()
    counted = [
        credential.education
        for credential in credentials(educations, BOOK.on(on))
        if credential.since <= number < credential.until
    ]
    return tuple(
        replace(one, eca=replace(one.eca, issued_on=on)) if one.eca and one in counted else one
        for one in educations
    )
