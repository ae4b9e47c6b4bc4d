"""Codes by e-mail: good once, for ten minutes, five tries, for one account and one purpose."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from accounts.factors import one_time_codes
from accounts.factors.one_time_codes import CodeNotSent, check, send
from accounts.models import OneTimeCode, Purpose, User
from tests import factories
from tests.conftest import INSTANT
from tests.personas import AMARA, BEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def amara() -> User:
    return factories.account(AMARA)


def sent(account: User, purpose: Purpose = Purpose.SIGN_IN) -> str:
    """Send a code and return it."""
    send(account=account, purpose=purpose, email=account.email)
    found = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))
    assert found
    return found.group()


def test_a_code_is_good_once(amara: User) -> None:
    code = sent(amara)
    assert check(account=amara, purpose=Purpose.SIGN_IN, typed=code)
    assert not check(account=amara, purpose=Purpose.SIGN_IN, typed=code)


def test_spaces_and_dashes_do_not_matter(amara: User) -> None:
    code = sent(amara)
    assert check(account=amara, purpose=Purpose.SIGN_IN, typed=f" {code[:3]}-{code[3:]} ")


@pytest.mark.parametrize(("after", "passes"), [(-1, True), (0, False), (1, False)])
def test_a_code_is_good_for_ten_minutes_of_real_time(
    amara: User, set_clock: Callable[[datetime], None], after: int, passes: bool
) -> None:
    code = sent(amara)
    set_clock(INSTANT + timedelta(minutes=10, seconds=after))
    assert check(account=amara, purpose=Purpose.SIGN_IN, typed=code) is passes


def test_after_five_wrong_tries_the_right_code_is_dead(amara: User) -> None:
    code = sent(amara)
    for _try in range(5):
        assert not check(account=amara, purpose=Purpose.SIGN_IN, typed="no code")
    assert not check(account=amara, purpose=Purpose.SIGN_IN, typed=code)


def test_the_fifth_try_may_be_the_right_one(amara: User) -> None:
    code = sent(amara)
    for _try in range(4):
        check(account=amara, purpose=Purpose.SIGN_IN, typed="no code")
    assert check(account=amara, purpose=Purpose.SIGN_IN, typed=code)


def test_a_code_is_no_good_for_another_purpose_or_account(amara: User) -> None:
    code, ben = sent(amara), factories.account(BEN)
    send(account=ben, purpose=Purpose.SIGN_IN, email=ben.email)
    send(account=amara, purpose=Purpose.RECOVER, email=amara.email)
    OneTimeCode.objects.exclude(account=amara, purpose=Purpose.SIGN_IN).update(
        code_hash=OneTimeCode.objects.get(account=amara, purpose=Purpose.SIGN_IN).code_hash
    )
    assert not check(account=ben, purpose=Purpose.SIGN_IN, typed=code)
    assert not check(account=amara, purpose=Purpose.RECOVER, typed=code)


def test_another_code_replaces_the_first(amara: User, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = iter([111111, 222222])
    monkeypatch.setattr("accounts.factors.one_time_codes.secrets.randbelow", lambda _most: next(numbers))
    sent(amara)
    sent(amara)
    assert not check(account=amara, purpose=Purpose.SIGN_IN, typed="111111")
    assert check(account=amara, purpose=Purpose.SIGN_IN, typed="222222")


def test_only_a_keyed_hash_is_kept(amara: User, settings: Any) -> None:
    code = sent(amara)
    kept = OneTimeCode.objects.get()
    assert code not in str(vars(kept))
    settings.SECRET_KEY = "another key of another portal"
    assert not check(account=amara, purpose=Purpose.SIGN_IN, typed=code)


def test_a_mail_server_that_is_down_is_said(amara: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with pytest.raises(CodeNotSent):
        send(account=amara, purpose=Purpose.SIGN_IN, email=amara.email)


def test_the_address_of_the_newest_code_is_known(amara: User) -> None:
    send(account=amara, purpose=Purpose.CHANGE_EMAIL, email="new@example.org")
    address_of = one_time_codes.address_of
    assert address_of(account=amara, purpose=Purpose.CHANGE_EMAIL) == "new@example.org"
    assert address_of(account=amara, purpose=Purpose.RECOVER) == ""


@pytest.mark.parametrize("typed", ["", "\x00", "½" * 6, "\ud800", "1" * 10_000])
def test_what_is_no_code_is_wrong_and_no_error(amara: User, typed: str) -> None:
    sent(amara)
    assert not check(account=amara, purpose=Purpose.SIGN_IN, typed=typed)
