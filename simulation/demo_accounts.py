"""Accounts to try the portal with: candidates at several stages, and officers. For the demo only.

All have one password and one answer to every security question, which everybody may know, and a page shows their
recovery codes: so they are refused wherever the settings say it is no demo.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.factors import second_factors
from accounts.models import RecoveryQuestion, Role, User
from accounts.recovering.recovery_questions import HOW_MANY, SUGGESTED, hash_of
from draws import services as rounds
from draws.models import Round, RoundType
from draws.public import history
from lifecycle.errors import DomainError
from profiles import nominating
from profiles import services as profiles
from profiles.facts import Answers
from profiles.models import Draft, Profile
from simulation import demo_people
from simulation.demo_personal import Home, personal, plans
from simulation.finishing import finish_account

PASSPHRASE = "try-the-portal"
ANSWER = "maple"
HINT = "m…e"
"""The same in every language; the page of the demo's accounts gives the answer."""

OFFICER = "officer"
ONTARIO, ONTARIO_STAFF = "ON", "ontario"
EMAIL_DOMAIN = "demo.invalid"


class NoDemo(DomainError):
    """Demo accounts were asked for where the settings say that this is no demo."""

    message = _(
        "Demo accounts have a password that everybody knows, so they are made only where EEPORTAL_DEMO is on. "
        "This portal is no demo: let people sign up."
    )


class Stage(NamedTuple):
    """One demo account: its username and what can be seen with it."""

    username: str
    shows: Promise


STAGES = (
    Stage("newcomer", _("a candidate who has just signed up")),
    Stage("drafting", _("a candidate with half of a profile filled in")),
    Stage("candidate", _("a candidate in the pool, waiting for an invitation")),
    Stage("refused", _("a candidate who meets no program yet, with the reasons")),
    Stage("invited", _("a candidate with an invitation to apply")),
    Stage(
        "claimant", _("a candidate who says that Ontario nominated them, which Ontario has not confirmed yet")
    ),
    Stage(OFFICER, _("an officer alone in charge, who may do everything at the officers’ desk")),
    Stage("senior", _("a senior officer, who confirms and runs the rounds of others")),
    Stage("auditor", _("an auditor, who reads everything, the log of officers’ actions included")),
    Stage(
        ONTARIO_STAFF, _("provincial staff of Ontario, who confirm nominations with profile number and code")
    ),
)


class Shown(NamedTuple):
    """One demo account as the demo's page shows it."""

    username: str
    shows: Promise
    recovery_codes: list[str]


def accounts_exist() -> bool:
    """Return whether the demo accounts have been made."""
    return User.objects.filter(username=OFFICER).exists()


@transaction.atomic
def make_accounts(*, at: datetime) -> list[str]:
    """Make the demo accounts, all or none, unless they exist; return the usernames made. Raises ``NoDemo``.

    Each came to its stage by the services that a person would have used, at an instant of the portal's clock.
    """
    if not settings.DEMO:
        raise NoDemo
    if accounts_exist():
        return []
    _make_candidates(at)
    officer = finish_account(User.objects.create_superuser(OFFICER, _email(OFFICER), PASSPHRASE))
    _officer("auditor", Role.AUDITOR)
    _invite_the_best(officer, _officer("senior", Role.SENIOR_OFFICER), at)
    _give_ways_back(_made().values())
    return [stage.username for stage in STAGES]


def shown() -> list[Shown]:
    """Return the demo accounts that there are, each with its unused recovery codes."""
    made = _made()
    return [
        Shown(stage.username, stage.shows, second_factors.unused_recovery_codes(made[stage.username]))
        for stage in STAGES
        if stage.username in made
    ]


def _made() -> dict[str, User]:
    return User.objects.in_bulk([stage.username for stage in STAGES], field_name="username")


def _make_candidates(at: datetime) -> None:
    _candidate("newcomer", "Tariq", "Vellore")
    _start_draft(_candidate("drafting", "Luz", "Abanador"), demo_people.half_told, at)
    ishaan = _candidate("candidate", "Ishaan", "Deshmukh")
    _submit(ishaan, demo_people.software_engineer, Home("IN", "Pune"), at)
    ximena = _candidate("refused", "Ximena", "Carrasco")
    _submit(ximena, demo_people.cook, Home("MX", "Puebla", in_canada=True), at)
    solene = _candidate("invited", "Solène", "Marchetti")
    nominee = _submit(
        solene,
        demo_people.nominated_researcher,
        Home("FR", "Nantes", in_canada=True),
        at,
        nominated_by=ONTARIO,
    )
    _nominate(nominee, _officer(ONTARIO_STAFF, Role.PROVINCIAL_STAFF, ONTARIO), at)
    kwame = _candidate("claimant", "Kwame", "Boateng")
    _submit(kwame, demo_people.software_engineer, Home("GH", "Kumasi"), at, nominated_by=ONTARIO)


def _give_ways_back(accounts: Iterable[User]) -> None:
    """Give each account security questions, all with one answer that is hashed once, and recovery codes."""
    kept = hash_of(ANSWER)
    for account in accounts:
        RecoveryQuestion.objects.bulk_create(
            RecoveryQuestion(account=account, number=number, question=str(one), hint=HINT, answer_hash=kept)
            for number, one in enumerate(SUGGESTED[:HOW_MANY], start=1)
        )
        second_factors.make_recovery_codes(account)
        second_factors.keep_recovery_codes(account)


def _candidate(username: str, given_names: str, family_name: str) -> User:
    names = {"given_names": given_names, "family_name": family_name}
    return finish_account(User.objects.create_user(username, _email(username), PASSPHRASE, **names))


def _officer(username: str, role: Role, province: str = "") -> User:
    fields = {"role": role, "province": province}
    return finish_account(User.objects.create_user(username, _email(username), PASSPHRASE, **fields))


def _nominate(nominee: Profile, staff: User, at: datetime) -> None:
    """Have the province confirm the nomination that a profile tells of, and its candidate accept it."""
    held = nominating.confirm(
        staff=staff,
        number=nominee.number,
        code=nominee.validation_code,
        issued_on=at.date() - timedelta(days=40),
        expires_on=None,
        at=at,
    )
    nominating.accept(nomination=held, at=at)


def _email(username: str) -> str:
    return f"{username}@{EMAIL_DOMAIN}"


def _start_draft(account: User, answers: Callable[[date], Answers], at: datetime) -> Draft:
    return profiles.open_draft(account_id=account.pk, at=at, answers=answers(at.date()))


def _submit(
    account: User,
    answers: Callable[[date], Answers],
    home: Home,
    at: datetime,
    nominated_by: str | None = None,
) -> Profile:
    def whole(on: date) -> Answers:
        told = answers(on)
        return told | personal(account, on, home) | plans(told, nominated_by)

    draft = _start_draft(account, whole, at)
    return profiles.submit(draft=draft, signed_as=f"{account.given_names} {account.family_name}", at=at)


def _invite_the_best(officer: User, senior: User, at: datetime) -> None:
    """Run and publish a round of one invitation, which goes to the nominee whom nobody outranks. It takes two."""
    number = max(history.last_number(), Round.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    planned = Round(number=number, round_type=RoundType.NOMINATION, size=1, planned_for=at)
    rounds.plan(planned=planned, officer_id=officer.pk, at=at)
    rounds.queue(planned=planned, officer_id=senior.pk, at=at)
    rounds.publish(completed=rounds.run(round_id=planned.pk, at=at), officer_id=senior.pk, at=at)
