"""Who asks, and the things that they ask for: made once, used by every cell of the table."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client

from accounts.models import Allowance, Message, Role, Session, Subscription, User
from accounts.recovering import recovery
from accounts.recovering.recovery import Lost
from accounts.signed_in import sessions
from accounts.telling import notices, subscriptions
from accounts.telling.events import Kind
from accounts.telling.subscriptions import Purpose
from draws import answers, services
from draws.correcting.choosing import Asked
from draws.models import Invitation, PlannedCorrection, Round, RoundType
from eligibility.holding import cookie_for
from lifecycle import moves
from lifecycle.models import Transition
from profiles import scenarios
from profiles.models import Assessment, Profile, Submission
from profiles.scenarios import read
from profiles.services import open_update, save_answers
from tests import factories
from tests.draws import plans
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA, Persona

ROLES = {
    "officer": Role.OFFICER,
    "senior": Role.SENIOR_OFFICER,
    "auditor": Role.AUDITOR,
    "editor": Role.CONTENT_EDITOR,
    "administrator": Role.ADMINISTRATOR,
}
ACTORS = ("nobody", "owner", "other", *ROLES, "ended", "unfinished")
"""In the order of the table's columns. 'ended' is the owner with a session that is over, 'unfinished' another
owner who has no second factor yet."""


@dataclass(frozen=True)
class World:
    """The cookies of each actor, and the things by name that stand in addresses."""

    sessions: dict[str, str]
    things: dict[str, Any]

    def client(self, actor: str, **options: Any) -> Client:
        """Return a browser in which the actor is signed in; the owner's holds a questionnaire."""
        client = Client(raise_request_exception=False, **options)
        if actor in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[actor]
        if actor == "owner":
            client.cookies[settings.QUESTIONNAIRE_COOKIE_NAME] = self.things["questionnaire"]
        return client

    def named(self, told: dict[str, Any]) -> dict[str, Any]:
        """Return the arguments of an address with the things that they name."""
        return {name: self.things.get(value, value) for name, value in told.items()}


def make_world() -> World:
    """Make the actors and their things. Amara, the owner, was invited, declined, and is changing her profile."""
    invitation = factories.invitation(AMARA)
    answers.decline(invitation=invitation, at=AT)
    profile = invitation.profile
    draft = open_update(profile=profile, at=AT)
    save_answers(draft=draft, changes={"settlement_funds_cad": 26000}, at=AT)
    officers = {name: factories.officer(f"{name}_olu", role) for name, role in ROLES.items()}
    people = {
        "owner": factories.account(AMARA),
        "other": factories.account(BEN),
        **officers,
        "ended": factories.account(AMARA),
        "unfinished": _without_second_factor(DIVYA),
    }
    cookies = {name: _signed_in(person) for name, person in people.items()}
    _end(cookies["ended"])
    things = {
        "questionnaire": cookie_for(factories.questionnaire(AMARA)),
        "profile": profile.number,
        "profile_pk": profile.pk,
        "invitation": invitation.pk,
        "message": Message.objects.filter(account=people["owner"]).earliest("pk").pk,
        "submission": Submission.objects.get(profile=profile).pk,
        "assessment": Assessment.objects.filter(profile=profile).earliest("pk").pk,
        "transition": Transition.objects.earliest("pk").pk,
        "planned": _planned(officers["senior"]).pk,
        "published": invitation.round.number,
        "published_pk": invitation.round_id,
        "recurring": plans.set_up().pk,
        "correction": _correction(invitation).pk,
        "officer_pk": officers["officer"].pk,
        "scenario": scenarios.begin(
            account_id=profile.account_id, name="Plan", candidate=read(_sent(profile), AT.date()), at=AT
        ).pk,
        "draft": profile.drafts.latest("pk").pk,
        "session": Session.objects.get(pk=cookies["owner"]).number,
        **_things_of_accounts(people["owner"], officers["administrator"]),
    }
    return World(cookies, things)


def _sent(profile: Profile) -> dict[str, Any]:
    return dict(Submission.objects.get(profile=profile).facts)


def _things_of_accounts(owner: User, administrator: User) -> dict[str, Any]:
    notice = notices.tell_owner(account=owner, kind=Kind.PASSWORD_CHANGED)
    subscription = Subscription.objects.create(email="ada@example.org", language="en", asked_at=AT)
    allowance = Allowance.objects.create(
        address="192.0.2.0/24", factor=3, until=AT + timedelta(days=1), given_by=administrator
    )
    return {
        "notice": notices.token_of(notice),
        "confirmation": subscriptions.token_of(subscription, Purpose.CONFIRM),
        "leaving": subscriptions.token_of(subscription, Purpose.STOP),
        "allowance": allowance.pk,
        "way_back": recovery.ask(account=owner, lost=Lost.FACTOR).pk,
    }


def _signed_in(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _end(key: str) -> None:
    sessions.end(sessions=Session.objects.filter(pk=key), why=sessions.Ending.IDLE)


def _without_second_factor(persona: Persona) -> User:
    account = factories.account(persona)
    account.email_codes = False
    account.save(update_fields=["email_codes"])
    return account


def _correction(invitation: Invitation) -> PlannedCorrection:
    prepared = PlannedCorrection(
        round=invitation.round,
        invitations=[invitation.pk],
        asked=Asked().document(),
        forecast={},
        reason_en="The wrong class.",
        reason_fr="La mauvaise catégorie.",
        prepared_at=AT,
    )
    moves.begin(prepared, "prepare", at=AT)
    return prepared


def _planned(officer: User) -> Round:
    told = Round(round_type=RoundType.GENERAL, size=1, planned_for=AT)
    return services.plan_next(planned=told, officer_id=officer.pk, at=AT)
