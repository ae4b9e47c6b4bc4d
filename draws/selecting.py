"""A round's selection as one SQL statement. ``rules.selection`` is the reference that it must equal."""

from datetime import datetime
from typing import Any

from draws.models import Round, RoundType
from profiles.models import PoolEntry
from rules.categories import CATEGORY_BITS
from rules.programs import PROGRAM_BITS
from rules.selection import Instruction

FEDERAL = PROGRAM_BITS["CEC"] | PROGRAM_BITS["FSW"] | PROGRAM_BITS["FST"]
# The order in which a candidate eligible for several is invited; it cannot be chosen.
CLASS_ORDER = ("PNP", "CEC", "FSW", "FST")


def instruction_of(planned: Round) -> Instruction:
    """Return the round's instruction in the form that ``rules.selection`` reads."""
    return Instruction(
        round_type=planned.round_type,
        size=planned.size,
        programs=planned.programs,
        category=planned.category or None,
    )


def ranked_sql() -> str:
    """Return the SELECT of the invited rows, best first: profile_id, score, submitted_at, rank, invited_as.

    Run it with ``ranked_parameters``. One statement, so one picture of the pool.
    """
    cases = " ".join(f"WHEN (programs & %(classes)s & {PROGRAM_BITS[name]}) <> 0 THEN '{name}'" for name in CLASS_ORDER)
    return f"""
        SELECT profile_id, score, submitted_at, CASE {cases} END AS invited_as,
               row_number() OVER (ORDER BY score DESC, submitted_at, profile_id) AS rank
        FROM {PoolEntry._meta.db_table}
        WHERE state = 'in_pool' AND expires_at > %(at)s
          AND (programs & %(wanted)s) <> 0
          AND (%(category)s = 0 OR (categories & %(category)s) <> 0)
        ORDER BY score DESC, submitted_at, profile_id
        LIMIT %(size)s"""


def ranked_parameters(planned: Round, at: datetime) -> dict[str, Any]:
    """Return the parameters of ``ranked_sql`` for a round at an instant."""
    nominee = PROGRAM_BITS["PNP"]
    by_type = {
        RoundType.GENERAL: (FEDERAL, FEDERAL | nominee),
        RoundType.PROGRAM: (planned.programs, planned.programs),
        RoundType.NOMINATION: (nominee, nominee),
        RoundType.CATEGORY: (FEDERAL, FEDERAL | nominee),
    }
    wanted, classes = by_type[RoundType(planned.round_type)]
    category = CATEGORY_BITS[planned.category] if planned.round_type == RoundType.CATEGORY else 0
    return {
        "at": at,
        "wanted": wanted,
        "classes": classes,
        "category": category,
        "size": planned.size,
    }
