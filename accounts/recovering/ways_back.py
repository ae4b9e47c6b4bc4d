"""The steps of each way back into an account, as a table, and how far somebody has come.

No way takes less proof than signing in does (a password, a second factor, a security question):

- password: a code by e-mail, all recovery questions, and the second factor where that is not the e-mail itself;
- answers: the password and the second factor;
- second factor: the password, a code by e-mail, all recovery questions, and a wait in which the owner can refuse;
- e-mail address that was the second factor: the password, a recovery code, all recovery questions, and the wait.

An account that does not exist goes the same way as one that does, until a code that never comes.
"""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import Value
from django.db.models.functions import Lower
from django.http import HttpRequest

from accounts.factors.second_factors import Way, ways_of
from accounts.models import Recovery, User
from accounts.recovering import recovery
from accounts.recovering.recovery import Lost
from lifecycle import clock

SESSION = "way_back"


class Step(StrEnum):
    """Something asked for on a page of its own."""

    USERNAME = "username"
    SIGN_IN = "sign_in"
    CODE = "code"
    RECOVERY_CODE = "recovery_code"
    QUESTIONS = "questions"
    FACTOR = "factor"
    CHOOSE = "choose"
    ANSWERS = "answers"
    WAIT = "wait"
    EMAIL = "email"
    EMAIL_CODE = "email_code"


@dataclass
class Walk:
    """How far somebody has come on a way back. It lives in the session, on the server.

    ``account`` and ``asked`` are 0 while nobody, or an account that does not exist, was named as ``typed``.
    """

    lost: str
    began_at: str
    typed: str = ""
    account: int = 0
    asked: int = 0
    passed: list[str] = field(default_factory=list)

    def save(self, request: HttpRequest) -> None:
        request.session[SESSION] = asdict(self)

    def owner(self) -> User | None:
        return User.objects.filter(pk=self.account, is_active=True).first() if self.account else None

    def way_back(self) -> Recovery | None:
        return (
            Recovery.objects.filter(pk=self.asked).select_related("account").first() if self.asked else None
        )

    def is_over(self) -> bool:
        """Return whether an hour has passed, or the way back was refused or used."""
        if clock.real_now() - datetime.fromisoformat(self.began_at) >= recovery.HOUR:
            return True
        asked = self.way_back()
        return asked is not None and not recovery.is_open(asked)


def walk_of(request: HttpRequest, lost: Lost) -> Walk:
    """Return how far this session has come on a way back; a new walk when it is on none, or on another one."""
    kept: dict[str, Any] | None = request.session.get(SESSION)
    if kept and kept["lost"] == lost:
        return Walk(**kept)
    return Walk(lost=lost.value, began_at=clock.real_now().isoformat())


def forget(request: HttpRequest) -> None:
    """Leave the way back."""
    request.session.pop(SESSION, None)


def step_of(walk: Walk) -> Step:
    """Return the first step that was not passed yet."""
    return next(step for step in steps_of(walk) if step not in walk.passed)


def steps_of(walk: Walk) -> list[Step]:
    """Return every step of a walk in order. What depends on the account comes after what only its owner passes."""
    if walk.lost == Lost.PASSWORD:
        return [Step.USERNAME, Step.CODE, *_instead_of_password(walk.owner()), Step.CHOOSE]
    if walk.lost == Lost.ANSWERS:
        return [Step.SIGN_IN, Step.FACTOR, Step.ANSWERS]
    if walk.lost == Lost.FACTOR:
        return [Step.SIGN_IN, Step.CODE, Step.QUESTIONS, Step.WAIT]
    return [Step.SIGN_IN, Step.RECOVERY_CODE, Step.QUESTIONS, Step.WAIT, Step.EMAIL, Step.EMAIL_CODE]


def _instead_of_password(account: User | None) -> list[Step]:
    if account is None:
        return []
    ways = set(ways_of(account))
    asked = account.recovery_questions.exists()
    beside_email = bool(ways & {Way.APP, Way.PASSKEY}) and Way.EMAIL not in ways
    return ([Step.QUESTIONS] if asked else []) + ([Step.FACTOR] if beside_email or not asked else [])


def has_passkey(walk: Walk) -> bool:
    """Return whether the account has a passkey, which needs the browser's script."""
    account = walk.owner()
    return account is not None and Way.PASSKEY in ways_of(account)


def can_type_factor(walk: Walk) -> bool:
    """Return whether the account has a second factor whose code can be typed and was not asked for before."""
    account = walk.owner()
    ways = set(ways_of(account)) if account else set()
    return bool(ways & {Way.APP, Way.RECOVERY}) or (walk.lost == Lost.ANSWERS and Way.EMAIL in ways)


def account_named(typed: str) -> User | None:
    """Return the open account of a username, whatever the case of its letters, with a password and a proved address."""
    wanted = Lower(Value(User.normalize_username(typed)))
    found = User.objects.alias(folded=Lower("username")).filter(folded=wanted, is_active=True)
    account = found.exclude(email="").exclude(details_at=None).first()
    return account if account is not None and account.has_usable_password() else None


def account_signed(typed: str, password: str) -> User | None:
    """Return the account whose username and password these are; an unknown username takes as long."""
    account = account_named(typed)
    if account is None:
        make_password(password)
        return None
    return account if account.check_password(password) else None


def accounts_at(email: str) -> list[User]:
    """Return the open accounts with a proved e-mail address, the oldest first; ten at most."""
    found = User.objects.filter(email__iexact=email, is_active=True, details_at__isnull=False)
    return list(found.order_by("pk")[:10])
