"""A round's list as it should be, and as it stands in the invitations."""

from collections.abc import Iterable, Iterator
from heapq import nsmallest

from draws.models import Invitation, Round
from draws.proving.past_pools import streamed
from draws.running.digests import Line
from draws.running.selecting import instruction_of
from profiles.models import Submission
from rules.selection import Candidate, qualifies, select

ISSUED = f"""
    SELECT invitation.rank, invitation.profile_id, invitation.score, coalesce(sent.submitted_at, 'epoch'),
           invitation.invited_as
    FROM {Invitation._meta.db_table} AS invitation
    LEFT JOIN {Submission._meta.db_table} AS sent
        ON sent.profile_id = invitation.profile_id AND sent.sequence = 1
    WHERE invitation.round_id = %(round)s ORDER BY invitation.rank, invitation.profile_id
"""


def expected_of(held: Round, pool: Iterable[Candidate]) -> list[Line]:
    """Return whom ``rules.selection`` selects of a pool by the round's instruction, best first.

    No more are held at once than the instruction asks for.
    """
    instruction = instruction_of(held)
    could_be = (candidate for candidate in pool if qualifies(candidate, instruction))
    best = nsmallest(held.size, could_be, key=lambda found: (-found.score, found.submitted_at, found.id))
    known = {candidate.id: candidate for candidate in best}
    return [
        Line(row.rank, row.id, known[row.id].score, known[row.id].submitted_at, row.invited_as)
        for row in select(best, instruction).invited
    ]


def issued_of(held: Round) -> Iterator[Line]:
    """Yield the round's invitations by rank, whatever became of them; within a transaction."""
    return (Line(*row) for row in streamed(ISSUED, {"round": held.pk}))
