"""'What if' scenarios: begun from the profile as it is, changed by hand, never sent."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from lifecycle.tables import LIVE_PROFILE, DraftState
from profiles.errors import ScenarioChangedElsewhere, ScenarioGone, TooManyScenarios
from profiles.facts import Answers, answers_of, facts_of, missing
from profiles.models import Draft, PoolEntry, Profile, Scenario
from profiles.queries import profiles_of
from profiles.services import latest_submission, lock_account
from rules import facts
from rules.facts import Profile as Facts
from rules.facts import ProfileError

MOST_SCENARIOS = 12
LONGEST_NAME = 60


@dataclass(frozen=True)
class Basis:
    """What scenarios are begun from and compared with: a profile that was sent, or a draft that is complete.

    ``told`` is the whole document of answers. ``submitted_at`` decides between equal scores; for a draft it is now.
    """

    facts: Facts
    told: Answers
    submitted_at: datetime
    profile: Profile | None = None

    @property
    def entry(self) -> PoolEntry | None:
        return self.profile.entry if self.profile else None

    @property
    def partner_birth_date(self) -> date | None:
        """The partner's birth date, where the candidate told it."""
        told = ((self.told.get("spouse") or {}).get("details") or {}).get("birth_date")
        return date.fromisoformat(told) if told else None


def basis_of(account_id: int, at: datetime) -> Basis | None:
    """Return the live profile's facts as of the day, else a complete draft's, else the last profile's; or None."""
    profiles = profiles_of(account_id)
    live = next((one for one in profiles if one.entry.state_at(at) in LIVE_PROFILE), None)
    if live is not None:
        return basis_of_profile(live, at.date())
    return _of_draft(account_id, at) or (basis_of_profile(profiles[0], at.date()) if profiles else None)


def basis_of_profile(profile: Profile, on: date) -> Basis:
    """Return what a profile last sent, read as of a day."""
    sent = latest_submission(profile)
    told = answers_of(sent.facts, sent.personal)
    return Basis(read(sent.facts, on), told, profile.submitted_at, profile)


def _of_draft(account_id: int, at: datetime) -> Basis | None:
    draft = Draft.objects.open().filter(account_id=account_id, profile=None).first()
    if draft is None or draft.state_at(at) != DraftState.OPEN or missing(draft.answers):
        return None
    try:
        return Basis(facts_of(draft.answers, at.date()), draft.answers, at)
    except ProfileError:
        return None


def read(document: Mapping[str, Any], on: date) -> Facts:
    """Return a profile JSON's facts as of a day. Raises ``rules.facts.ProfileError`` on impossible ones."""
    return facts.parse({**document, "as_of": on.isoformat()})


@transaction.atomic
def begin(*, account_id: int, name: str, candidate: Facts, at: datetime) -> Scenario:
    """Keep facts as a scenario under a name and return it. The same name and facts again is the same scenario.

    Raises ``TooManyScenarios`` when the account has its most.
    """
    lock_account(account_id)
    kept = Scenario.objects.filter(account_id=account_id)
    document = facts.dump(candidate)
    name = name[:LONGEST_NAME]
    same = kept.filter(name=name, facts=document).first()
    if same is not None:
        return same
    if kept.count() >= MOST_SCENARIOS:
        raise TooManyScenarios
    return Scenario.objects.create(account_id=account_id, name=name, facts=document, made_at=at)


@transaction.atomic
def change(*, scenario: Scenario, by: Callable[[Answers], Answers], on: date, seen: str) -> Scenario:
    """Let ``by`` make a new profile JSON of the scenario's, check it, and keep it.

    ``seen`` is the ``digest`` of the scenario when its page was shown. Raises ``ScenarioChangedElsewhere`` when it
    is another one now, ``ScenarioGone``, or ``rules.facts.ProfileError`` for facts that cannot be.
    """
    current = _locked(scenario, seen)
    current.facts = facts.dump(read(by(current.facts), on))
    current.save(update_fields=["facts"])
    return current


@transaction.atomic
def rename(*, scenario: Scenario, name: str, seen: str) -> Scenario:
    """Give a scenario another name. Raises ``ScenarioChangedElsewhere``, ``ScenarioGone``."""
    current = _locked(scenario, seen)
    current.name = name[:LONGEST_NAME]
    current.save(update_fields=["name"])
    return current


def delete(*, scenario: Scenario) -> None:
    """Throw a scenario away. Twice is once."""
    Scenario.objects.filter(pk=scenario.pk).delete()


def digest(scenario: Scenario) -> str:
    """Return a short digest of a scenario's name and facts, to tell whether they changed."""
    document = json.dumps([scenario.name, scenario.facts], sort_keys=True)
    return hashlib.sha256(document.encode()).hexdigest()[:16]


def _locked(scenario: Scenario, seen: str) -> Scenario:
    current = Scenario.objects.select_for_update().filter(pk=scenario.pk).first()
    if current is None:
        raise ScenarioGone
    if digest(current) != seen:
        raise ScenarioChangedElsewhere
    return current
