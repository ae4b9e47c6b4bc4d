"""A code is good once: twenty typed the right one at the same instant, and one of them passed."""

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from accounts.factors import one_time_codes, second_factors
from accounts.models import OneTimeCode, Purpose, User
from tests import factories
from tests.accounts.signing import app_code
from tests.accounts.test_second_step import SECRET

pytestmark = pytest.mark.django_db(transaction=True)
HOW_MANY = 20


def at_once(check: Callable[[], bool]) -> int:
    """Return how many of twenty threads passed a check that all began at the same instant."""
    gate, passed = threading.Barrier(HOW_MANY), []

    def type_it() -> None:
        try:
            gate.wait()
            passed.append(check())
        finally:
            connection.close()

    threads = [threading.Thread(target=type_it) for _number in range(HOW_MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == HOW_MANY
    return sum(passed)


def emailed(account: User) -> str:
    one_time_codes.send(account=account, purpose=Purpose.SIGN_IN, email=account.email)
    found = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))
    assert found
    return found.group()


def test_of_twenty_with_the_right_code_by_e_mail_one_passes() -> None:
    account = factories.account()
    code = emailed(account)
    passed = at_once(lambda: one_time_codes.check(account=account, purpose=Purpose.SIGN_IN, typed=code))
    assert passed == 1
    assert not OneTimeCode.objects.exists()


def test_of_twenty_with_the_right_code_of_the_app_one_passes() -> None:
    account = factories.account()
    second_factors.add_app(account=account, secret=SECRET, counter=0)
    code = app_code(SECRET)
    assert at_once(lambda: second_factors.check_app_code(account=account, typed=code)) == 1


def test_of_twenty_with_the_same_recovery_code_one_passes() -> None:
    account = factories.account()
    code = second_factors.make_recovery_codes(account)[0]
    assert at_once(lambda: second_factors.check_recovery_code(account=account, typed=code)) == 1


def test_twenty_wrong_tries_use_up_five_and_then_the_right_code_is_dead() -> None:
    account = factories.account()
    code = emailed(account)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert at_once(lambda: one_time_codes.check(account=account, purpose=Purpose.SIGN_IN, typed=wrong)) == 0
    assert OneTimeCode.objects.get().tries_left == 0
    assert not one_time_codes.check(account=account, purpose=Purpose.SIGN_IN, typed=code)


def test_without_the_lock_several_would_pass_with_one_code_of_the_app(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account = factories.account()
    second_factors.add_app(account=account, secret=SECRET, counter=0)
    code = app_code(SECRET)
    together = threading.Barrier(HOW_MANY)
    match = second_factors.matching_counter

    def slow(*args: Any, **kwargs: Any) -> int | None:
        found = match(*args, **kwargs)
        together.wait()
        return found

    monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", lambda found: found)
    monkeypatch.setattr("accounts.factors.second_factors.matching_counter", slow)
    assert at_once(lambda: second_factors.check_app_code(account=account, typed=code)) == HOW_MANY
