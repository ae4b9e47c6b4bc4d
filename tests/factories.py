"""Things of the portal, made the way the portal makes them: by its services."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from accounts.models import Role, User
from draws.models import Invitation, Round, RoundType
from draws.services import plan, publish, queue, run
from eligibility.codes import code_from
from eligibility.models import Questionnaire
from eligibility.services import issue_code, save_answers, start_questionnaire
from profiles import services as profiles
from profiles.facts import facts_of
from profiles.models import Draft, Profile
from rules.assessment import assess
from simulation.finishing import finish_account
from tests.personas import AMARA, Persona

AT = datetime(2026, 9, 24, 9, 12, 40, tzinfo=UTC)
"""An instant at which nothing is about to change; tests that need none other use it."""

PASSWORD = "correct horse battery staple"


def account(persona: Persona = AMARA, **fields: Any) -> User:
    """Return the persona's account, complete, made when it does not exist yet. Its password is ``PASSWORD``."""
    existing = User.objects.filter(username=persona.username).first()
    if existing is not None:
        return existing
    names = {"given_names": persona.given_names, "family_name": persona.family_name}
    fields = {"email": f"{persona.username}@example.org", "language": persona.language, **names, **fields}
    return finish_account(User.objects.create_user(persona.username, password=PASSWORD, **fields))


def officer(username: str = "olivia", role: Role | None = None) -> User:
    """Return an officer's account, complete: of one role, or without any one who may do everything."""
    existing = User.objects.filter(username=username).first()
    if existing is not None:
        return existing
    make = User.objects.create_superuser if role is None else partial(User.objects.create_user, role=role)
    return finish_account(make(username, f"{username}@example.org", PASSWORD))


def questionnaire(persona: Persona = AMARA, *, at: datetime = AT, **differences: Any) -> Questionnaire:
    """Return an answered questionnaire: the persona's facts with some of them changed."""
    started = start_questionnaire(at=at)
    return save_answers(questionnaire=started, answers={**persona.facts(at.date()), **differences})


def reference_code(persona: Persona = AMARA, *, at: datetime = AT, **differences: Any) -> str:
    """Return the personal reference code of an answered questionnaire that meets a program."""
    answered = questionnaire(persona, at=at, **differences)
    verdict = assess(facts_of(answered.answers, at.date()))
    issued = issue_code(questionnaire=answered, assessment=verdict, at=at)
    assert issued is not None, f"{persona.username} meets no program with {differences}"
    return code_from(issued.seed)


def draft(persona: Persona = AMARA, *, at: datetime = AT, **differences: Any) -> Draft:
    """Return the persona's open draft, complete but for the differences."""
    answers = {**persona.answers(at.date()), **differences}
    return profiles.open_draft(account_id=account(persona).pk, at=at, answers=answers)


def empty_draft(persona: Persona = AMARA, *, at: datetime = AT) -> Draft:
    """Return the persona's open draft without any answer."""
    return profiles.open_draft(account_id=account(persona).pk, at=at)


def profile(persona: Persona = AMARA, *, at: datetime = AT, **differences: Any) -> Profile:
    """Return the persona's profile, submitted at an instant, with some facts changed."""
    return profiles.submit(draft=draft(persona, at=at, **differences), signed_as=persona.signature, at=at)


def published_round(*, at: datetime = AT, number: int = 1, size: int = 1, **fields: Any) -> Round:
    """Return a general round that was planned, run and published at one instant."""
    officer_id = officer().pk
    planned = Round(number=number, size=size, planned_for=at, **{"round_type": RoundType.GENERAL, **fields})
    plan(planned=planned, officer_id=officer_id, at=at)
    queue(planned=planned, officer_id=officer_id, at=at)
    return publish(completed=run(round_id=planned.pk, at=at), officer_id=officer_id, at=at)


def invitation(persona: Persona = AMARA, *, at: datetime = AT) -> Invitation:
    """Return the persona's open invitation, from a round that invites the whole pool."""
    invited = profile(persona, at=at)
    published_round(at=at, size=100_000, number=Round.objects.count() + 1)
    return Invitation.objects.get(profile=invited)
