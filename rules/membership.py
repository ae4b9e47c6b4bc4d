"""Which categories of another day's list would find a candidate with the facts of today."""

from __future__ import annotations

from datetime import date

from rules.categories import match
from rules.days import day
from rules.language import counting
from rules.parameters import BOOK, Book
from rules.records import Profile
from rules.timeline import timeline


def categories_under(profile: Profile, on: date, listed_on: date, *, book: Book = BOOK) -> tuple[str, ...]:
    """The codes of the categories in force on `listed_on` that find `profile` as it is on `on`, in their order.

    Tests and work count as of `on`; occupations, months and windows are those of the list. Raises `LookupError`
    for a day before Express Entry began.
    """
    rules = book.on(listed_on)
    known = timeline(profile, rules)
    french = known.first if profile.first_official_language == "fr" else known.second
    today = day(on)
    return match(known.checks, counting(french, today.number), today, rules)
