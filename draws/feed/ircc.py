"""The rounds in the shape of IRCC's own files, ``ee_rounds_123_en.json`` and ``ee_rounds_123_fr.json``.

Every value is a text. Numbers have IRCC's thousands: a comma in English, a plain space in French. A day is in words,
an instant has its time in UTC; what is not known is empty, and a pool that was not published is all zeros. Programs
that were written for IRCC's files read these without a change; docs/feeds.md says what is promised.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from babel.dates import format_date
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from draws.feed.public_rounds import ENGLISH, Pool, PublicRound, joined
from draws.models import InvitedAs

Record = dict[str, str]

FIELDS = (
    "drawNumber", "drawNumberURL", "drawDate", "drawDateFull", "drawName", "drawSize", "drawCRS", "mitext",
    "DrawText1", "drawText2", "drawDateTime", "drawCutOff", "drawDistributionAsOn",
    *(f"dd{place}" for place in range(1, 19)),
)  # fmt: skip
# dd3 and dd9 are the totals of the five bands of ten points after each of them.
FIVES = (range(2, 7), range(7, 12))


def document(rounds: Iterable[PublicRound], language: str) -> bytes:
    """Return the whole file. Letters beyond ASCII are escaped, so that it is read right in whatever encoding."""
    told = list(rounds)
    with translation.override(language):
        content = {
            "classes": "wb-tables",
            "rounds": [record(held, language) for held in told],
            "simulation": {"notice": notice(), "rounds": [held.number for held in told if held.simulated]},
        }
    return json.dumps(content, ensure_ascii=True, indent=1).encode("ascii")


def notice() -> str:
    """Return the sentence that every file carries, in the language in force."""
    return _(
        "Simulation – not a Government of Canada service. Rounds of this simulator stand beside those that IRCC "
        "published; nobody is invited to anything."
    )


def record(held: PublicRound, language: str) -> Record:
    """Return one round, its keys as ``FIELDS``. The language must be the one in force."""
    page = held.url(language)
    title = _("Invitations to apply for permanent residence under the Express Entry system #%(number)s")
    values = (
        held.number,
        _link(page, held.number),
        held.day.isoformat(),
        day_words(held.day, language),
        held.name(language),
        figure(held.invitations, language),
        str(
            held.cutoff or 0
        ),  # no mark in thousands: IRCC never had a four-digit score, and readers expect none
        _link(page, title % {"number": held.number}),
        _link(held.instruction_url(language), _("See full text of Ministerial Instruction")),
        joined(InvitedAs(program).label for program in held.programs),
        instant_words(held.ran_at, language),
        instant_words(held.tie_break_at, language) if held.tie_break_at else "",
        day_words(_pool_day(held), language),
        *(figure(count, language) for count in distribution(held.pool)),
    )
    return dict(zip(FIELDS, values, strict=True))


def distribution(pool: Pool | None) -> list[int]:
    """Return dd1 to dd18. dd3 is what the others leave of the total: once, IRCC published parts that do not add up."""
    if pool is None:
        return [0] * 18
    counts = pool.counts
    upper, lower = (_part(counts, five) for five in FIVES)
    ends = [*counts[: FIVES[0].start], *counts[FIVES[1].stop :]]
    dd3, dd9 = pool.total - sum(ends) - sum(lower), sum(lower)
    return [*counts[:2], dd3, *upper, dd9, *lower, *counts[FIVES[1].stop :], pool.total]


def figure(number: int, language: str) -> str:
    """Return 12,939 in English and 12 939 in French, with the plain space of IRCC's file."""
    return f"{number:,}" if language == ENGLISH else f"{number:,}".replace(",", " ")


def day_words(day: date, language: str) -> str:
    """Return 'August 7, 2026' or '7 août 2026'."""
    if language == ENGLISH:
        return format_date(day, "MMMM d, y", locale="en_CA")
    return format_date(day, "d MMMM y", locale="fr_CA").replace("1 ", "1er ", 1 if day.day == 1 else 0)


def instant_words(at: datetime, language: str) -> str:
    """Return 'August 07, 2026 at 10:08:20 UTC' or '7 août 2026 à 10:08:20 UTC'."""
    at = at.astimezone(UTC)
    if language == ENGLISH:
        return f"{format_date(at, 'MMMM dd, y', locale='en_CA')} at {at:%H:%M:%S} UTC"
    return f"{day_words(at.date(), language)} à {at:%H:%M:%S} UTC"


def _part(counts: Sequence[int], places: range) -> list[int]:
    return [counts[place] for place in places]


def _pool_day(held: PublicRound) -> date:
    """The day of the pool; IRCC's file has the day of the round where no pool was published, and so has this one."""
    return held.pool.as_of if held.pool and held.pool.as_of else held.day


def _link(address: str, text: str) -> str:
    """A link in IRCC's manner: its readers look for single quotes."""
    return format_html("<a href='{}'>{}</a>", address, text)
