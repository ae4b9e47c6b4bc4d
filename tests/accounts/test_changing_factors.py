"""Change of device, of password and of questions: by a fresh proof only, and the owner is told."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.factors import second_factors
from accounts.factors.second_factors import LastSecondFactor, Way
from accounts.models import AccountEvent, Message, User
from tests import factories
from tests.accounts.signing import LOGIN, QUESTIONS, SECOND, app_code, secret_on
from tests.accounts.test_second_step import SECRET, add_broken_passkey
from tests.factories import PASSWORD
from tests.personas import AMARA

pytestmark = pytest.mark.django_db
CHANGES = (
    f"{SECOND}app/",
    f"{SECOND}passkey/",
    f"{SECOND}email/",
    f"{SECOND}email/remove/",
    f"{SECOND}1/name/",
    f"{SECOND}codes/new/",
    "/en/account/password/",
    "/en/account/questions/1/",
)


@pytest.fixture
def amara(client: Client) -> User:
    """Amara, signed in, with codes by e-mail."""
    account = factories.account(AMARA)
    client.force_login(account)
    return account


def prove(client: Client) -> None:
    client.post("/en/account/prove/", {"password": PASSWORD})


def test_no_change_goes_without_a_fresh_proof(client: Client, amara: User) -> None:
    for address in CHANGES:
        for answer in (client.get(address), client.post(address, QUESTIONS[0] | {"code": "1"})):
            assert answer.headers["Location"].startswith("/en/account/prove/?next="), address
    amara.refresh_from_db()
    assert amara.email_codes
    assert amara.check_password(PASSWORD)
    assert not amara.recovery_questions.exists()


def test_without_the_proof_a_session_left_open_would_be_enough(
    client: Client, amara: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.factors.fresh_proof.is_fresh", lambda _request: True)
    client.post("/en/account/password/", {"password1": "a stolen garden", "password2": "a stolen garden"})
    amara.refresh_from_db()
    assert amara.check_password("a stolen garden")


def test_an_app_replaces_another_and_the_owner_is_told(client: Client, amara: User) -> None:
    second_factors.add_app(account=amara, secret=SECRET, counter=0)
    prove(client)
    secret = secret_on(client.get(f"{SECOND}app/").content.decode())
    client.post(f"{SECOND}app/", {"code": app_code(secret)})
    assert not second_factors.check_app_code(account=amara, typed=app_code(SECRET))
    assert second_factors.check_app_code(account=amara, typed=app_code(secret, later=1))
    assert AccountEvent.objects.filter(kind="factor_added").count() == 1
    assert Message.objects.filter(kind__endswith="factor_added").count() == 1


@pytest.mark.parametrize("way", ["app", "passkey", "email"])
def test_only_a_new_account_sees_how_many_steps_are_left(client: Client, amara: User, way: str) -> None:
    prove(client)
    address = f"{SECOND}{way}/"
    assert "Step 8" not in client.get(address).content.decode()
    User.objects.update(email_codes=False)
    assert "Step 8 of 9" in client.get(address).content.decode()


def test_the_last_second_factor_stays(client: Client, amara: User) -> None:
    prove(client)
    answer = client.post(f"{SECOND}email/remove/")
    assert answer.status_code == 409
    assert "cannot be removed" in answer.content.decode()
    assert not AccountEvent.objects.filter(kind="factor_removed").exists()


def test_recovery_codes_are_no_second_factor_to_be_left_with(amara: User) -> None:
    second_factors.make_recovery_codes(amara)
    with pytest.raises(LastSecondFactor):
        second_factors.remove(account=amara, way=Way.EMAIL)


def test_one_of_two_factors_can_be_removed_and_the_owner_is_told(client: Client, amara: User) -> None:
    second_factors.add_app(account=amara, secret=SECRET, counter=0)
    prove(client)
    assert client.post(f"{SECOND}email/remove/").headers["Location"] == SECOND
    assert second_factors.ways_of(User.objects.get(pk=amara.pk)) == [Way.APP]
    assert Message.objects.filter(kind__endswith="factor_removed").count() == 1


def test_a_passkey_is_listed_by_its_name_and_removed(client: Client, amara: User) -> None:
    add_broken_passkey(amara)
    [passkey] = second_factors.passkeys_of(amara)
    assert "Key" in client.get(SECOND).content.decode()
    prove(client)
    client.post(f"{SECOND}passkey/{passkey.pk}/remove/")
    assert not second_factors.passkeys_of(amara)


def test_anothers_passkey_is_never_removed(client: Client, amara: User) -> None:
    other = factories.officer()
    add_broken_passkey(other)
    [passkey] = second_factors.passkeys_of(other)
    prove(client)
    client.post(f"{SECOND}passkey/{passkey.pk}/remove/")
    assert second_factors.passkeys_of(other)


def test_a_passkey_is_renamed_without_script(client: Client, amara: User) -> None:
    add_broken_passkey(amara)
    [passkey] = second_factors.passkeys_of(amara)
    prove(client)
    page = client.get(f"{SECOND}{passkey.pk}/name/").content.decode()
    assert f'value="{second_factors.name_of(passkey)}"' in page
    assert client.post(f"{SECOND}{passkey.pk}/name/", {"name": "Blue key"}).headers["Location"] == SECOND
    assert "Blue key" in client.get(SECOND).content.decode()
    assert [second_factors.name_of(key) for key in second_factors.passkeys_of(amara)] == ["Blue key"]


def test_an_authenticator_app_gets_a_name_and_still_takes_no_code_twice(client: Client, amara: User) -> None:
    second_factors.add_app(account=amara, secret=SECRET, counter=0)
    assert second_factors.check_app_code(account=amara, typed=app_code(SECRET))
    app = second_factors.app_of(amara)
    assert app is not None
    prove(client)
    client.post(f"{SECOND}{app.pk}/name/", {"name": "Old telephone"})
    assert "In use: Old telephone." in client.get(SECOND).content.decode()
    assert not second_factors.check_app_code(account=amara, typed=app_code(SECRET))


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\x00b"])
def test_a_name_that_is_none_is_refused_and_changes_nothing(client: Client, amara: User, name: str) -> None:
    add_broken_passkey(amara)
    [passkey] = second_factors.passkeys_of(amara)
    prove(client)
    assert "error" in client.post(f"{SECOND}{passkey.pk}/name/", {"name": name}).content.decode()
    assert [second_factors.name_of(key) for key in second_factors.passkeys_of(amara)] == ["Key"]


def test_neither_anothers_passkey_nor_recovery_codes_can_be_named(client: Client, amara: User) -> None:
    other = factories.officer()
    add_broken_passkey(other)
    second_factors.make_recovery_codes(amara)
    second_factors.keep_recovery_codes(amara)
    prove(client)
    for factor in Authenticator.objects.all():
        assert client.post(f"{SECOND}{factor.pk}/name/", {"name": "Mine"}).status_code == 404
    assert "Mine" not in str(list(Authenticator.objects.values_list("data", flat=True)))


@pytest.mark.parametrize("way", ["recovery", "nonsense", "passkey"])
def test_what_is_no_second_factor_is_not_found(client: Client, amara: User, way: str) -> None:
    prove(client)
    assert client.post(f"{SECOND}{way}/remove/").status_code == 404


def test_new_recovery_codes_kill_the_old_ones(client: Client, amara: User) -> None:
    old = second_factors.make_recovery_codes(amara)
    second_factors.keep_recovery_codes(amara)
    prove(client)
    assert client.post(f"{SECOND}codes/new/").headers["Location"] == f"{SECOND}codes/"
    assert not any(second_factors.check_recovery_code(account=amara, typed=code) for code in old)
    assert second_factors.recovery_codes_left(amara) == 5
    assert Message.objects.filter(kind__endswith="recovery_codes_made").count() == 1


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(client: Client, amara: User) -> None:
    other = Client()
    other.force_login(amara)
    prove(client)
    new = "a better garden path"
    client.post("/en/account/password/", {"password1": new, "password2": new})
    assert client.get("/en/account/").status_code == 200
    assert other.get("/en/account/").headers["Location"].startswith(LOGIN)
    assert AccountEvent.objects.filter(kind="password_changed").count() == 1
    assert Message.objects.filter(kind__endswith="password_changed").count() == 1


def test_a_weak_new_password_is_refused_and_changes_nothing(client: Client, amara: User) -> None:
    prove(client)
    page = client.post("/en/account/password/", {"password1": "mar12345", "password2": "mar12345"})
    assert "piece of your username" in page.content.decode()
    amara.refresh_from_db()
    assert amara.check_password(PASSWORD)


def test_a_question_is_replaced_and_no_answer_is_ever_shown(client: Client, amara: User) -> None:
    prove(client)
    client.post("/en/account/questions/2/", QUESTIONS[0])
    page = client.get("/en/account/questions/").content.decode()
    assert "under water" in page
    assert "Big Blue" not in page
    assert [one.number for one in amara.recovery_questions.all()] == [2]
    assert client.get("/en/account/questions/4/").status_code == 404
