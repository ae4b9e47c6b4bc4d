"""The proof of one round: rebuilt, selected anew, compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from draws.models import Round
from draws.proving.doubts import Doubt, of_lists, of_result
from draws.proving.lists import expected_of, issued_of
from draws.proving.logs import of_log
from draws.proving.past_pools import pool_of
from draws.proving.scores import of_scores
from draws.running.digests import Line, digest_of
from lifecycle.errors import DomainError
from rules import parameters
from rules.selection import Candidate


class NothingToProve(DomainError):
    message = _("This round has not run, so there is nothing to verify.")


class NotTraced(DomainError):
    message = _("This round ran before rounds kept how far they could see, so its pool cannot be rebuilt.")


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of verifying a round. ``pool`` counts who was in the pool by the history, ``digest`` is the list's.

    ``parameters`` is the version of the rules that the round ran by, ``installed`` the one of this portal.
    """

    round: Round
    pool: int
    expected: list[Line]
    digest: str
    doubts: list[Doubt]
    parameters: str
    installed: str

    @property
    def holds(self) -> bool:
        return not self.doubts

    @property
    def same_parameters(self) -> bool:
        return self.parameters == self.installed


@transaction.atomic
def verify(held: Round) -> Proof:
    """Return whether a round invited whom it had to, by the history alone.

    Raises ``NothingToProve`` for a round that has not run, ``NotTraced`` for one without its place in the history.
    """
    if held.ran_at is None:
        raise NothingToProve
    if held.log_to is None or held.assessments_to is None:
        raise NotTraced
    pool = _Counted(held, held.ran_at)
    expected = expected_of(held, pool)
    return Proof(
        round=held,
        pool=pool.count,
        expected=expected,
        digest=digest_of(expected),
        doubts=list(_doubts(held, expected)),
        parameters=held.parameters,
        installed=parameters.VERSION,
    )


class _Counted:
    """The pool of a round, to be gone through once, and how many it was."""

    def __init__(self, held: Round, at: datetime) -> None:
        self.held, self.at = held, at
        self.count = 0

    def __iter__(self) -> Iterator[Candidate]:
        for candidate in pool_of(self.held, self.at):
            self.count += 1
            yield candidate


def _doubts(held: Round, expected: list[Line]) -> Iterator[Doubt]:
    yield from of_lists(list(issued_of(held)), expected)
    yield from of_result(held, expected)
    yield from of_log(held)
    yield from of_scores(held, expected)
