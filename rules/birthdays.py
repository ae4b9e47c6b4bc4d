"""Results that a birthday alone changes, from what is kept: of what falls due in a night, four in five.

Of all facts only the candidate's own age is read by nothing but two tables, the age line of the ranking and the age
factor of the FSW grid. So a result is as it was but for those, until the day `Kept.steady` on which anything else
differs, and its next change is the first of that day and of the next birthday that one of the two tables knows.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from rules.changes import birthdays, eras
from rules.days import NEVER
from rules.deadlines import completed_years
from rules.factors import OLDEST
from rules.grid import grid
from rules.lookups import AGES, lookups
from rules.parameters import BOOK, Book, InForce
from rules.rescoring import Columns, rescore


class Aged(NamedTuple):
    """The figures of a result as `assessment.Assessment` has them, without what its verdicts rest on."""

    as_of: date
    lines: tuple[int, ...]
    total: int
    program_bits: int
    category_bits: int
    next_change_on: date | None


def aged(kept: Columns, on: date, *, book: Book = BOOK) -> list[Aged | None]:
    """The result of each row on a day; None for who must be assessed from the facts. Rows must hold on that day.

    The rows must have been read by the parameters of `book`, those that are read into them and all others. Whoever a
    new table of settlement funds takes a program from, now or after its grace, is left to the facts: they say why.
    """
    found, number = rescore(kept, on, book.on(on)), on.toordinal()
    columns = (
        found.points.lines.T, found.points.total, found.programs, kept["categories"],
        kept["born"], kept["with_spouse"], kept["steady"], (kept["steady"] > number) & ~found.short_of_funds,
    )  # fmt: skip
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [
        Aged(
            on,
            tuple(lines),
            total,
            programs,
            categories,
            _next(date.fromordinal(born), spouse, steady, on, book),
        )
        if sure
        else None
        for lines, total, programs, categories, born, spouse, steady, sure in rows
    ]


def _next(born: date, spouse: int, steady: int, on: date, book: Book) -> date | None:
    birthday = next_birthday(born, spouse, on, book=book)
    following = min(steady, birthday.toordinal() if birthday else NEVER)
    return date.fromordinal(following) if following < NEVER else None


def next_birthday(born: date, with_spouse: int, on: date, *, book: Book = BOOK) -> date | None:
    """The first day after `on` on which age earns other points, in the ranking or the FSW grid; None without any."""
    now = _worth(born, with_spouse, on, book.on(on))
    for rules, first, stop in eras(book, on):
        days = [first] if first > on.toordinal() else []
        for number in (*days, *birthdays(born, rules, first)):
            when = date.fromordinal(number)
            if number < stop and _worth(born, with_spouse, when, rules) != now:
                return when
    return None


def _worth(born: date, with_spouse: int, on: date, rules: InForce) -> tuple[int, int]:
    age = min(OLDEST, completed_years(born, on))
    return int(lookups(rules).age[with_spouse * AGES + age]), grid(rules).age[age]
