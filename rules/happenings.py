"""What begins or ceases to count on a day, and what the result would be had it not.

A `Happening` is a fact with a day of its own: a birthday, the end of a test, a parameter's first day. It can be
undone, which puts it off for the one day asked about, so that its part in a change is tried rather than guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from rules.days import NEVER
from rules.deadlines import anniversary, completed_years, funds_update_deadline
from rules.education import LEVELS, Credential
from rules.language import Sitting
from rules.parameters import Book, Parameter
from rules.programs import funds_needed, limits
from rules.records import Profile
from rules.timeline import Timeline, timeline

APPLICANT: Final = "applicant"
SPOUSE: Final = "spouse"
PARAMETER_KINDS: Final = {"funds.table": "funds_table", "categories.set": "categories_set"}

Undo = Callable[[Timeline], Timeline]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a day matters: `kind` is a code of `outlook.KINDS`, `about` its facts as plain values."""

    kind: str
    about: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Happening:
    """A cause on a day; `undone` gives the timeline in which it comes after that day."""

    cause: Cause
    undone: Undo


def happenings(known: Timeline, on: date, book: Book) -> list[Happening]:
    """Everything with a day of its own that begins or ceases on `on`; `known` is read by the rules of `on`."""
    number = on.toordinal()
    found = [*_birthday(known.profile, on), *_languages(known, number), *_credentials(known, number)]
    found += [*_once(known, number), *_nomination(known, number), *_parameters(known.profile, on, book)]
    return found


def _birthday(profile: Profile, on: date) -> Iterator[Happening]:
    born = profile.birth_date
    age = completed_years(born, on)
    if age and anniversary(born, age) == on:
        # Two days, because 29 February and 1 March are the same birthday in common years.
        younger = replace(profile, birth_date=born + timedelta(days=2))
        yield Happening(Cause("birthday", {"age": age}), lambda known: replace(known, profile=younger))


def _languages(known: Timeline, number: int) -> Iterator[Happening]:
    for official, listed in (("first", known.first), ("second", known.second)):
        for sitting in listed:
            yield from _sitting(sitting, number, APPLICANT, official)
    if known.spouse is not None:
        for sitting in known.spouse.sittings:
            yield from _sitting(
                sitting, number, SPOUSE, "first" if sitting in known.spouse.first else "second"
            )


def _sitting(sitting: Sitting, number: int, whose: str, official: str) -> Iterator[Happening]:
    later = {sitting.taken: "test_counts", sitting.until: "test_expires"}
    if number not in later:
        return
    put_off = sitting._replace(
        taken=number + 1 if sitting.taken == number else sitting.taken,
        until=number + 1 if sitting.until == number else sitting.until,
    )
    about = {
        "whose": whose,
        "official": official,
        "test": sitting.test.test,
        "date_taken": sitting.test.date_taken.isoformat(),
    }

    def undone(known: Timeline) -> Timeline:
        def change(listed: list[Sitting]) -> list[Sitting]:
            return [put_off if one is sitting else one for one in listed]

        if whose == SPOUSE and known.spouse is not None:
            spouse = known.spouse
            changed = replace(spouse, first=change(spouse.first), sittings=change(spouse.sittings))
            return replace(known, spouse=changed)
        return replace(known, first=change(known.first), second=change(known.second))

    yield Happening(Cause(later[number], about), undone)


def _credentials(known: Timeline, number: int) -> Iterator[Happening]:
    spouse = known.spouse.credentials if known.spouse else []
    for whose, listed in ((APPLICANT, known.credentials), (SPOUSE, spouse)):
        for credential in listed:
            if number in (credential.since, credential.until):
                kind = "credential_counts" if credential.since == number else "eca_expires"
                about = {
                    "whose": whose,
                    "level": LEVELS[credential.level],
                    "country": credential.education.country,
                }
                yield Happening(Cause(kind, about), _without_credential(credential, number, whose))


def _without_credential(credential: Credential, number: int, whose: str) -> Undo:
    put_off = credential._replace(
        since=number + 1 if credential.since == number else credential.since,
        until=number + 1 if credential.until == number else credential.until,
    )

    def change(listed: list[Credential]) -> list[Credential]:
        return [put_off if one is credential else one for one in listed]

    def undone(known: Timeline) -> Timeline:
        if whose == SPOUSE and known.spouse is not None:
            return replace(known, spouse=replace(known.spouse, credentials=change(known.spouse.credentials)))
        studies = [
            study._replace(since=put_off.since) if study.education is credential.education else study
            for study in known.studies
        ]
        return replace(known, credentials=change(known.credentials), studies=studies)

    return undone


def _once(known: Timeline, number: int) -> Iterator[Happening]:
    """What begins once and never ceases: an offer, a certificate, a relative's 18th birthday."""
    offer = known.offer
    if number in (offer.since, offer.trade_since):
        since, trade = (_after(number, day) for day in (offer.since, offer.trade_since))
        later = offer._replace(since=since, trade_since=trade)
        yield Happening(Cause("offer_counts", {}), lambda known: replace(known, offer=later))
    if number in (known.certificate_since, known.trade_certificate_since):
        yield Happening(
            Cause("certificate_counts", {}),
            lambda known: replace(
                known,
                certificate_since=_after(number, known.certificate_since),
                trade_certificate_since=_after(number, known.trade_certificate_since),
            ),
        )
    if number in (known.sibling_since, known.relative_since):
        about = {"relationships": _grown_up(known.profile, number)}
        yield Happening(
            Cause("relative_adult", about),
            lambda known: replace(
                known,
                sibling_since=_after(number, known.sibling_since),
                relative_since=_after(number, known.relative_since),
            ),
        )


def _after(number: int, day: int) -> int:
    return number + 1 if day == number else day


def _grown_up(profile: Profile, number: int) -> list[str]:
    on = date.fromordinal(number)
    return sorted(
        {
            relative.relationship
            for relative in profile.relatives_in_canada
            if anniversary(relative.birth_date, completed_years(relative.birth_date, on)) == on
        }
    )


def _nomination(known: Timeline, number: int) -> Iterator[Happening]:
    span, nominated = known.nomination, known.profile.provincial_nomination
    if nominated is None or number >= NEVER or number not in span:
        return
    kind = "nomination_starts" if span.since == number else "nomination_ends"
    later = span._replace(since=_after(number, span.since), until=_after(number, span.until))
    yield Happening(
        Cause(kind, {"province": nominated.province}), lambda known: replace(known, nomination=later)
    )


def _parameters(profile: Profile, on: date, book: Book) -> Iterator[Happening]:
    names = first_days(book).get(on, ())
    for name in names:

        def undone(known: Timeline, name: str = name) -> Timeline:
            # The happenings of a day are undone one at a time, so that nothing undone before is lost here.
            return timeline(known.profile, without(book, name, on).on(on))

        kind = PARAMETER_KINDS.get(name, "rule_changes")
        about = funds_about(profile, on, book) if kind == "funds_table" else {"parameter": name}
        yield Happening(Cause(kind, about), undone)


def funds_about(profile: Profile, on: date, book: Book) -> dict[str, Any]:
    """What the funds table that begins on `on` asks of the family, what the one before it asked, and the deadline."""
    eve = on - timedelta(days=1)
    before, after = (funds_needed(profile.family_size, limits(book.on(day))) for day in (eve, on))
    deadline = funds_update_deadline(book.on(on))
    return {
        "before": before,
        "after": after,
        "has": profile.settlement_funds_cad,
        "family_size": profile.family_size,
        "deadline": deadline.isoformat() if deadline else None,
    }


@lru_cache(maxsize=8)
def first_days(book: Book) -> dict[date, Sequence[str]]:
    """The parameters that take a new value on a day, by that day."""
    found: dict[date, list[str]] = {}
    for name, parameter in book.items():
        for earlier, row in zip(parameter.rows, parameter.rows[1:], strict=False):
            if row.value != earlier.value and not name.startswith(("lifecycle.", "language.")):
                found.setdefault(row.first_day, []).append(name)
    return {day: tuple(names) for day, names in found.items()}


@lru_cache(maxsize=32)
def without(book: Book, name: str, on: date) -> Book:
    """The book in which `name` takes no new value on `on`."""

    def parameters() -> Iterable[Parameter]:
        for parameter in book.values():
            kept = parameter.name != name
            yield parameter if kept else Parameter(name, [r for r in parameter.rows if r.first_day != on])

    return Book(parameters(), f"{book.version} without {name} of {on}")
