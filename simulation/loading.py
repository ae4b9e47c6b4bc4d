"""A made pool into the portal's tables: accounts, profiles, what was sent, how it scored, places in the pool.

Everything stands as if each candidate had come by the portal's own services, except that nobody can sign in:
the history of submissions and scores, the log, and the pool as of the recipe's day.
"""

import json
from collections.abc import Sequence

from django.contrib.auth.hashers import make_password

from accounts.models import User
from lifecycle import clock
from lifecycle.models import Transition
from lifecycle.tables import NOTHING, PROFILE
from profiles import keeping
from profiles.models import Assessment, KeptFactors, PoolEntry, Profile, Submission
from rules import deadlines, parameters
from simulation.copying import copy_rows, next_keys
from simulation.population.histories import Candidate, Scored
from simulation.profile_numbers import Numbers

ENTER = "enter"
USERNAME = "simulated-{:07d}"


class Loader:
    """Loads chunks of candidates within the caller's transaction."""

    def __init__(self, *, numbers: Numbers) -> None:
        self.numbers = numbers
        self.real_at = clock.real_now()
        self.password = make_password(None)
        self.state = PROFILE.targets(ENTER)[NOTHING]

    def load(self, candidates: Sequence[Candidate]) -> None:
        """Load one chunk."""
        accounts = next_keys(User, len(candidates))
        profiles = next_keys(Profile, len(candidates))
        self._accounts(candidates, accounts)
        self._profiles(candidates, accounts, profiles)
        self._submissions(candidates, profiles)
        self._pool(candidates, profiles)
        self._log(candidates, accounts, profiles)

    def _accounts(self, candidates: Sequence[Candidate], accounts: Sequence[int]) -> None:
        rows = (
            (account, USERNAME.format(found.index), self.password, found.submitted_at)
            for account, found in zip(accounts, candidates, strict=True)
        )
        copy_rows(User, ("id", "username", "password", "created_at"), rows)

    def _profiles(
        self, candidates: Sequence[Candidate], accounts: Sequence[int], profiles: Sequence[int]
    ) -> None:
        rows = (
            (
                profile,
                account,
                self.numbers.number(found.index),
                self.numbers.validation_code(found.index),
                found.submitted_at,
                True,
            )
            for profile, account, found in zip(profiles, accounts, candidates, strict=True)
        )
        columns = ("id", "account_id", "number", "validation_code", "submitted_at", "simulated")
        copy_rows(Profile, columns, rows)

    def _submissions(self, candidates: Sequence[Candidate], profiles: Sequence[int]) -> None:
        """Load what was sent, and every assessment of it."""
        sent = [
            (profile, sequence, version, found)
            for profile, found in zip(profiles, candidates, strict=True)
            for sequence, version in enumerate(found.versions, start=1)
        ]
        keys = next_keys(Submission, len(sent))
        rows = (
            (key, profile, sequence, version.submitted_at, version.facts, *_signed(found))
            for key, (profile, sequence, version, found) in zip(keys, sent, strict=True)
        )
        copy_rows(Submission, SUBMISSION_COLUMNS, rows)
        key_of = {(profile, sequence): key for key, (profile, sequence, *_) in zip(keys, sent, strict=True)}
        self._assessments(
            [
                (profile, key_of[profile, result.version + 1], result)
                for profile, found in zip(profiles, candidates, strict=True)
                for result in found.assessments
            ]
        )

    def _assessments(self, made: Sequence[tuple[int, int, Scored]]) -> None:
        rows = (
            (
                key,
                profile,
                submission,
                result.at,
                result.as_of,
                result.score,
                list(result.lines),
                result.programs,
                result.categories,
                result.next_change_on,
                parameters.VERSION,
            )
            for key, (profile, submission, result) in zip(next_keys(Assessment, len(made)), made, strict=True)
        )
        copy_rows(Assessment, ASSESSMENT_COLUMNS, rows)

    def _pool(self, candidates: Sequence[Candidate], profiles: Sequence[int]) -> None:
        rows = (
            (
                profile,
                self.state,
                found.scored.score,
                found.submitted_at,
                deadlines.profile_deadline(found.submitted_at),
                found.scored.programs,
                found.scored.categories,
                found.scored.as_of,
                found.scored.next_change_on,
            )
            for profile, found in zip(profiles, candidates, strict=True)
        )
        copy_rows(PoolEntry, POOL_COLUMNS, rows)
        self._kept(candidates, profiles)

    def _kept(self, candidates: Sequence[Candidate], profiles: Sequence[int]) -> None:
        """Load what re-scores each without its facts."""
        rows = (
            keeping.row_of(profile, held)
            for profile, found in zip(profiles, candidates, strict=True)
            if (held := found.scored.holding) is not None
        )
        copy_rows(KeptFactors, keeping.COLUMNS, rows)

    def _log(self, candidates: Sequence[Candidate], accounts: Sequence[int], profiles: Sequence[int]) -> None:
        """Log that each came into the pool when submitting; the database holds states to their log."""
        keys = next_keys(Transition, len(candidates))
        rows = (
            (
                key,
                PROFILE.name,
                profile,
                NOTHING,
                ENTER,
                self.state,
                found.submitted_at,
                self.real_at,
                account,
            )
            for key, profile, account, found in zip(keys, profiles, accounts, candidates, strict=True)
        )
        copy_rows(Transition, LOG_COLUMNS, rows)


def _signed(found: Candidate) -> tuple[str, str]:
    """Return the personal part as JSON text, and the signature."""
    names = found.identity
    return json.dumps({"identity": names}), f"{names['given_names']} {names['family_name']}"


SUBMISSION_COLUMNS = ("id", "profile_id", "sequence", "submitted_at", "facts", "personal", "signed_as")
ASSESSMENT_COLUMNS = (
    "id", "profile_id", "submission_id", "at", "as_of", "score", "lines", "programs", "categories",
    "next_change_on", "parameters",
)  # fmt: skip
POOL_COLUMNS = (
    "profile_id", "state", "score", "submitted_at", "expires_at", "programs", "categories", "as_of",
    "next_change_on",
)  # fmt: skip
LOG_COLUMNS = ("id", "machine", "thing_id", "source", "event", "target", "at", "real_at", "actor_id")
