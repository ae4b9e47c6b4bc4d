"""A round's selection as one SQL statement. ``rules.selection`` is the reference that it must equal."""

from datetime import datetime
from typing import Any, cast

from django.db import connection

from draws.models import Round, RoundType
from draws.running.digests import Line
from profiles.models import PoolEntry
from rules.categories import CATEGORY_BITS
from rules.programs import PROGRAM_BITS
from rules.selection import FEDERAL_PROGRAMS, INVITED_AS_ORDER, Instruction
from rules.selection import RoundType as SelectionType


def instruction_of(planned: Round) -> Instruction:
    """Return the round's instruction in the form that ``rules.selection`` reads."""
    return Instruction(
        round_type=cast("SelectionType", planned.round_type),
        size=planned.size,
        programs=planned.programs,
        category=planned.category or None,
    )


def ranked_sql() -> str:
    """Return the SELECT of the invited rows, best first: profile_id, score, submitted_at, rank, invited_as.

    Run it with ``ranked_parameters``. One statement, so one picture of the pool.
    """
    named = "(CASE WHEN programs & %(named)s <> 0 THEN programs & %(named)s ELSE programs END)"
    cases = " ".join(f"WHEN {named} & {PROGRAM_BITS[name]} <> 0 THEN '{name}'" for name in INVITED_AS_ORDER)
    return f"""
        SELECT profile_id, score, submitted_at, CASE {cases} END AS invited_as,
               row_number() OVER (ORDER BY score DESC, submitted_at, profile_id) AS rank
        FROM {PoolEntry._meta.db_table}
        WHERE state = 'in_pool' AND expires_at > %(at)s
          AND (programs & %(wanted)s) <> 0
          AND (%(category)s = 0 OR (categories & %(category)s) <> 0)
          AND (%(score)s::int IS NULL OR score = %(score)s)
        ORDER BY score DESC, submitted_at, profile_id
        LIMIT %(size)s"""


def ranked_parameters(planned: Round, at: datetime) -> dict[str, Any]:
    """Return the parameters of ``ranked_sql`` for a round at an instant."""
    return {**_of_type(planned), "named": planned.programs, "at": at, "score": None, "size": planned.size}


def sharing_parameters(planned: Round, at: datetime, score: int) -> dict[str, Any]:
    """Return the parameters of ``ranked_sql`` for everybody whom the round may invite and who has that score."""
    return {**ranked_parameters(planned, at), "score": score, "size": None}


def left_at(ran: Round, at: datetime, last: Line) -> tuple[int, int]:
    """Return how many whom the round could have invited are left with the last one's score, and with its instant too.

    Ask in the transaction that has invited the others.
    """
    told = sharing_parameters(ran, at, last.score) | {"instant": last.submitted_at}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE submitted_at = %(instant)s) "
            f"FROM ({ranked_sql()}) AS sharing",
            told,
        )
        at_cutoff, at_instant = cursor.fetchone()
    return at_cutoff, at_instant


def _of_type(planned: Round) -> dict[str, int]:
    wanted = {
        RoundType.GENERAL: FEDERAL_PROGRAMS,
        RoundType.PROGRAM: planned.programs & FEDERAL_PROGRAMS,
        RoundType.NOMINATION: PROGRAM_BITS["PNP"],
        RoundType.CATEGORY: FEDERAL_PROGRAMS,
    }
    by_category = planned.round_type == RoundType.CATEGORY
    return {
        "wanted": wanted[RoundType(planned.round_type)],
        "category": CATEGORY_BITS[planned.category] if by_category else 0,
    }
