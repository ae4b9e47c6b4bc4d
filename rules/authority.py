"""Under which provisions of the Immigration and Refugee Protection Act a round's instruction is given.

Source: section 10.3(1): paragraph (h.1) groups candidates for the ranking, (i) sets the rank that must be occupied
within the group, (j) the number of invitations within a period. Published instructions name (i) and (j).
"""

from __future__ import annotations

from typing import Final

from rules.selection import RoundType

RANK: Final = "10.3(1)(i)"
NUMBER: Final = "10.3(1)(j)"
GROUPING: Final = "10.3(1)(h.1)"


def provisions(round_type: RoundType) -> tuple[str, ...]:
    """Return the provisions for a type of round: the rank and the number, and the grouping where it is a category."""
    return (GROUPING, RANK, NUMBER) if round_type == "category" else (RANK, NUMBER)
