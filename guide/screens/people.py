"""Who is seen in the pictures: the demo's accounts, each brought to where its picture is taken, and two visitors.

All are invented; each came there by the services that a person's clicks would have used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from accounts.models import User
from accounts.signed_in.session_store import SessionStore
from draws import services as rounds
from draws.models import Invitation, Round, RoundType
from eligibility import codes, holding
from eligibility.models import Questionnaire, ReferenceCode
from eligibility.results import assessed
from eligibility.services import issue_code, save_answers, start_questionnaire
from eligibility.sheet import Sheet
from guide.screens.shots import ANSWERED, ASKED, NOBODY
from profiles import filling, scenarios
from profiles import services as profiles
from profiles.models import Draft, Profile
from rules.steps import best_steps
from simulation import demo_accounts, demo_people
from simulation.demo_personal import Home, personal, plans

SEED = UUID("5eed5eed-5eed-45ee-85ee-d5eed5eed5ee")
"""Of the visitor's personal reference code."""
BEFORE = timedelta(days=19, hours=3)
"""How long before the pictures the people began."""
WRONG_TEST = {
    "test": ["ielts_general"],
    "date_taken_day": ["31"],
    "date_taken_month": ["6"],
    "date_taken_year": ["2026"],
    "listening": ["8.5"],
    "reading": ["7.3"],
    "writing": ["7"],
    "speaking": [""],
}
"""A language test as somebody typed it: a day that is not in the calendar, half a band too fine, and one missing."""

SCENARIOS = {"all_abilities": "IELTS 2027", "new_test": "TEF Canada"}
"""What the candidate calls the best step of a kind when trying it."""

Cookies = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cast:
    """What the camera needs to know: the cookies of each who looks, and the addresses of pages without language."""

    cookies: Mapping[str, Cookies]
    addresses: Mapping[str, str]


def make(at: datetime) -> Cast:
    """Make everybody as of an instant, in a portal that has a pool and no accounts yet."""
    demo_accounts.make_accounts(at=at - BEFORE)
    accounts = User.objects.in_bulk([stage.username for stage in demo_accounts.STAGES], field_name="username")
    _go_on_drafting(accounts["drafting"], at)
    _fill_in_all(accounts["newcomer"], at)
    _try_what_if(accounts["candidate"], at)
    cookies = {name: _signed_in(account) for name, account in accounts.items()}
    visitors = {NOBODY: {}, ASKED: _in_the_middle(at), ANSWERED: _with_the_result(at)}
    return Cast(cookies | visitors, _addresses(_planned_round(accounts["officer"], at)))


def _go_on_drafting(account: User, at: datetime) -> None:
    """Half of a profile: who it is, and a page whose mistakes are still to be mended."""
    draft = Draft.objects.open().get(account=account)
    told = personal(account, at.date(), Home("PH", "Cebu"))
    del told["representative"]
    draft = profiles.save_answers(draft=draft, changes=told | {"first_official_language": "en"}, at=at)
    filling.keep_typed(draft=draft, place="languages/add", typed=WRONG_TEST, at=at)


def _fill_in_all(account: User, at: datetime) -> None:
    """A draft that only waits for its signature."""
    facts = demo_people.software_engineer(at.date())
    told = personal(account, at.date(), Home("IN", "Mysuru")) | plans(facts, None)
    profiles.open_draft(account_id=account.pk, at=at - BEFORE, answers=facts | told)


def _try_what_if(account: User, at: datetime) -> None:
    """Two scenarios, under names that are the same in every language."""
    basis = scenarios.basis_of(account.pk, at)
    if basis is None:
        raise LookupError(f"{account.username} has no profile to try anything on.")
    steps = best_steps(basis.facts, at.date())
    for kind, name in SCENARIOS.items():
        best = next(step for step in steps if step.kind == kind)
        scenarios.begin(account_id=account.pk, name=name, candidate=best.changed, at=at)


def _planned_round(officer: User, at: datetime) -> Round:
    planned = Round(size=150, round_type=RoundType.GENERAL, planned_for=at + timedelta(hours=4))
    return rounds.plan_next(planned=planned, officer_id=officer.pk, at=at)


def _in_the_middle(at: datetime) -> Cookies:
    """Somebody who has told which language test they took, and is asked for its results."""
    begun = start_questionnaire(at=at)
    test = {"test": "ielts_general", "date_taken": (at.date() - timedelta(days=146)).isoformat()}
    answers = {"intended_province": "ON", "first_official_language": "en"}
    save_answers(questionnaire=begun, answers=answers, unfinished={"language-tests": [test]})
    return _holding(begun)


def _with_the_result(at: datetime) -> Cookies:
    begun = start_questionnaire(at=at)
    told = save_answers(questionnaire=begun, answers=demo_people.software_engineer(at.date()))
    issue_code(questionnaire=told, assessment=assessed(Sheet(told.answers, {}), at.date()), at=at)
    kept = codes.hash_of(codes.code_from(SEED))
    ReferenceCode.objects.filter(questionnaire=told).update(seed=SEED, code_hash=kept)
    return _holding(told)


def _holding(questionnaire: Questionnaire) -> Cookies:
    return {settings.QUESTIONNAIRE_COOKIE_NAME: holding.cookie_for(questionnaire)}


def _signed_in(account: User) -> Cookies:
    """Open a session as if the account had passed its sign-in."""
    request = HttpRequest()
    request.session = SessionStore()
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    return {settings.SESSION_COOKIE_NAME: str(request.session.session_key)}


def _addresses(planned: Round) -> Mapping[str, str]:
    profile = Profile.objects.get(account__username="candidate")
    invitation = Invitation.objects.get(profile__account__username="invited")
    return {
        "home": "",
        "question": "eligibility/language-tests/1/scores/",
        "result": "eligibility/result/",
        "account": "account/",
        "tasks": "account/draft/",
        "errors": "account/draft/languages/add/",
        "dry_run": "account/draft/result/",
        "score": f"account/profiles/{profile.number}/score/",
        "what_if": "account/what-if/",
        "rounds": "rounds/",
        "invitation": f"account/invitations/{invitation.pk}/",
        "officers_round": f"admin/draws/round/{planned.pk}/change/",
    }
