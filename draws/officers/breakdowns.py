"""Who is on a list of candidates: by province of nomination, occupation and score band. Changes nothing.

Province and occupation are those of each candidate's latest submission, counted in the database in one statement,
however long the list. A nomination is in the facts only once it was accepted.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from draws.charts.bands import BANDS
from eligibility.fields import PROVINCES
from eligibility.occupations import title_of
from profiles.models import Submission

MOST_OCCUPATIONS = 10
COUNTS = f"""
    SELECT grouping(province) = 0 AS by_province, coalesce(province, noc, '') AS code, count(*) FROM (
        SELECT facts -> 'provincial_nomination' ->> 'province' AS province,
               facts ->> 'primary_occupation_noc' AS noc
        FROM unnest(%s::bigint[]) AS listed(profile_id)
        LEFT JOIN LATERAL (
            SELECT facts FROM {Submission._meta.db_table} AS sent
            WHERE sent.profile_id = listed.profile_id ORDER BY sequence DESC LIMIT 1
        ) AS latest ON true
    ) AS told GROUP BY GROUPING SETS ((province), (noc)) ORDER BY count(*) DESC, code"""


@dataclass(frozen=True, slots=True)
class Part:
    """How many of a list are of one kind."""

    name: str | Promise
    count: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A list in parts: ``provinces`` of nomination and ``occupations`` by size, ``bands`` the highest first."""

    provinces: list[Part]
    occupations: list[Part]
    bands: list[Part]


def breakdown(profiles: Sequence[int], scores: Iterable[int]) -> Breakdown:
    """Return a list of profiles in parts, in one query; ``scores`` are theirs, in any order."""
    by_province, by_occupation = _counted(profiles)
    return Breakdown(_provinces(by_province), _occupations(by_occupation), _bands(scores))


def _counted(profiles: Sequence[int]) -> tuple[dict[str, int], dict[str, int]]:
    """Return province -> count and NOC code -> count, the largest first; '' counts those who have none."""
    counted: tuple[dict[str, int], dict[str, int]] = ({}, {})
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [list(profiles)])
        for by_province, code, count in cursor.fetchall():
            counted[0 if by_province else 1][code] = count
    return counted


def _provinces(counts: dict[str, int]) -> list[Part]:
    names = dict(PROVINCES)
    return [Part(names.get(code, _("No nomination")), count) for code, count in counts.items()]


def _occupations(counts: dict[str, int]) -> list[Part]:
    """Return the largest occupations by name, and all others as one."""
    found = [
        Part(f"{code} {title_of(code)}" if code else _("No main occupation named"), count)
        for code, count in counts.items()
    ]
    others = sum(part.count for part in found[MOST_OCCUPATIONS:])
    return found[:MOST_OCCUPATIONS] + ([Part(_("All other occupations"), others)] if others else [])


def _bands(scores: Iterable[int]) -> list[Part]:
    by_score = Counter(scores)
    counts = [
        (band, sum(count for score, count in by_score.items() if band.low <= score <= band.high))
        for band in BANDS
    ]
    return [Part(f"{band.low}–{band.high}", count) for band, count in counts if count]
