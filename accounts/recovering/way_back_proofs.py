"""How each step of a way back is judged: right or not, within its limits, and what follows when it is passed."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.factors import one_time_codes, second_factors
from accounts.factors.second_factors import Way
from accounts.limiting.known_devices import counted_as
from accounts.limiting.limits import (
    EMAIL,
    RECOVERY,
    SECOND_FACTOR,
    SECURITY_QUESTION,
    SIGN_IN,
    Limit,
    give_back,
    within,
)
from accounts.models import Purpose, Recovery, RecoveryQuestion, User
from accounts.recovering import recovery
from accounts.recovering.recovery import Lost
from accounts.recovering.recovery_questions import is_right
from accounts.recovering.ways_back import Step, Walk, account_named, account_signed

Typed = Mapping[str, Any]
WRONG_CODE = _("This code is not right, was used before, or its 10 minutes are over. Ask for another one.")
WRONG_PASSKEY = _("This passkey was not accepted. Try again, or use another way.")
WRONG_SIGN_IN = _(
    "The username or the password is not right. Check both; small and capital letters of the password differ."
)
WRONG_ANSWERS = _(
    "Not every answer is right. We do not say which. Capital letters and extra spaces do not matter."
)


class TooOften(Exception):
    """A limit is used up: which one, and of whom."""

    def __init__(self, limit: Limit, subject: int | str) -> None:
        super().__init__(limit.name)
        self.limit = limit
        self.subject = subject


def judge(request: HttpRequest, walk: Walk, step: Step, typed: Typed) -> Promise | str | None:
    """Judge a step; return None when it is passed and noted, else what to say. Raises ``TooOften``."""
    wrong = JUDGES[step](request, walk, typed)
    if wrong is None:
        walk.passed.append(step.value)
        walk.save(request)
    return wrong


def judge_answers(
    request: HttpRequest, walk: Walk, typed: list[tuple[RecoveryQuestion, str]]
) -> Promise | None:
    """Judge the answers to all questions together, all of them each time. Raises ``TooOften``."""
    _count(request, SECURITY_QUESTION, walk.account)
    right = [is_right(question, answer) for question, answer in typed]
    if not right or not all(right):
        return WRONG_ANSWERS
    walk.passed.append(Step.QUESTIONS.value)
    walk.save(request)
    return None


def send_again(request: HttpRequest, walk: Walk) -> None:
    """Send another code, if there is anybody to send it to. Raises ``TooOften`` and ``CodeNotSent``."""
    _count(request, EMAIL, walk.typed)
    asked = walk.way_back()
    if walk.lost == Lost.PASSWORD:
        Recovery.objects.filter(pk=walk.asked).update(mail_due=True)
    elif asked is None or recovery.is_open(asked):
        _send(walk.owner())


def replace_mailbox(request: HttpRequest, walk: Walk, asked: Recovery, code: str) -> bool:
    """Put the address that the code went to in the place of the lost one; return whether it was the code.

    Raises ``TooOften``, ``WayBackOver``, ``AddressTaken``; then, and with a wrong code, nothing has changed.
    """
    _count(request, SECOND_FACTOR, walk.account)
    email = one_time_codes.address_of(account=asked.account, purpose=Purpose.CHANGE_EMAIL)
    if not one_time_codes.check(account=asked.account, purpose=Purpose.CHANGE_EMAIL, typed=code):
        return False
    recovery.replace_mailbox(asked=asked, email=email, request=request)
    return True


def _username(request: HttpRequest, walk: Walk, typed: Typed) -> None:
    walk.typed = typed["username"]
    _count(request, RECOVERY, walk.typed)
    account = account_named(walk.typed)
    if account is not None:
        walk.account = account.pk
        walk.asked = recovery.ask(account=account, lost=Lost.PASSWORD, request=request).pk


def _sign_in(request: HttpRequest, walk: Walk, typed: Typed) -> Promise | None:
    subject = counted_as(request, typed["username"])
    _count(request, SIGN_IN, subject)
    account = account_signed(typed["username"], typed["password"])
    if account is None:
        return WRONG_SIGN_IN
    give_back(request, SIGN_IN, subject)
    _count(request, RECOVERY, typed["username"])
    walk.typed, walk.account = typed["username"], account.pk
    if walk.lost == Lost.ANSWERS:
        walk.asked = recovery.ask(account=account, lost=Lost.ANSWERS, request=request).pk
    if walk.lost == Lost.FACTOR or (walk.lost == Lost.ANSWERS and account.email_codes):
        _count(request, EMAIL, walk.typed)
        _send(account)
    return None


def _code(request: HttpRequest, walk: Walk, typed: Typed) -> Promise | None:
    _count(request, SECOND_FACTOR, walk.typed)
    account = walk.owner()
    right = account is not None and one_time_codes.check(
        account=account, purpose=Purpose.RECOVER, typed=typed["code"]
    )
    return None if right else WRONG_CODE


def _recovery_code(request: HttpRequest, walk: Walk, typed: Typed) -> Promise | None:
    _count(request, SECOND_FACTOR, walk.account)
    account = walk.owner()
    right = account is not None and second_factors.check_recovery_code(account=account, typed=typed["code"])
    return None if right else WRONG_CODE


def _factor(request: HttpRequest, walk: Walk, typed: Typed) -> Promise | None:
    _count(request, SECOND_FACTOR, walk.account)
    account = walk.owner()
    if "credential" in typed:
        credential = typed["credential"]
        right = account is not None and second_factors.check_passkey(account=account, credential=credential)
        return None if right else WRONG_PASSKEY
    return None if account is not None and _shows_factor(account, walk, typed["code"]) else WRONG_CODE


def _shows_factor(account: User, walk: Walk, code: str) -> bool:
    """Whether a code of any way is right. The e-mail counts here only where it was not asked for already."""
    if (
        walk.lost == Lost.ANSWERS
        and account.email_codes
        and one_time_codes.check(account=account, purpose=Purpose.RECOVER, typed=code)
    ):
        return True
    ways = second_factors.ways_of(account)
    return any(
        second_factors.check(account=account, way=way, typed=code)
        for way in (Way.APP, Way.RECOVERY)
        if way in ways
    )


def _email(request: HttpRequest, walk: Walk, typed: Typed) -> None:
    _count(request, EMAIL, typed["email"])
    account = walk.owner()
    if account is not None:
        one_time_codes.send(account=account, purpose=Purpose.CHANGE_EMAIL, email=typed["email"])


def _send(account: User | None) -> None:
    if account is not None:
        one_time_codes.send(account=account, purpose=Purpose.RECOVER, email=account.email)


def _count(request: HttpRequest, limit: Limit, subject: int | str) -> None:
    if not within(request, limit, subject):
        raise TooOften(limit, subject)


JUDGES: Mapping[Step, Callable[[HttpRequest, Walk, Typed], Promise | str | None]] = {
    Step.USERNAME: _username,
    Step.SIGN_IN: _sign_in,
    Step.CODE: _code,
    Step.RECOVERY_CODE: _recovery_code,
    Step.FACTOR: _factor,
    Step.EMAIL: _email,
}
