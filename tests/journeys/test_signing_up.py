"""A key in a browser: sign-up with each second factor, sign-in on a second device, with a recovery code; axe clean."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from accounts.factors import second_factors
from accounts.joining.onboarding import next_step
from accounts.models import User
from lifecycle import clock
from tests import factories
from tests.accounts.signing import app_code, secret_on
from tests.accounts.test_second_step import SECRET
from tests.factories import PASSWORD
from tests.journeys.looking import check
from tests.journeys.signer import LANGUAGES, Devices, add_authenticator, begin
from tests.journeys.traveller import Traveller
from tests.personas import Persona

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """With script, which axe and passkeys need."""
    return {**browser_context_args, "java_script_enabled": True}


@LANGUAGES
def test_with_an_authenticator_app_and_a_recovery_code(
    devices: Devices, set_clock: Callable[[datetime], None], persona: Persona
) -> None:
    first = devices()
    begin(first)
    first.choose("app")
    secret = secret_on(first.page.content())
    first.send(code=app_code(secret))
    codes = first.keep_codes()
    assert next_step(User.objects.get(username=persona.username)) is None

    set_clock(clock.real_now() + timedelta(minutes=1))
    second = devices()
    second.sign_in()
    second.send(code=app_code(secret))
    second.answer_question()
    second.arrived()

    third = devices()
    third.sign_in()
    third.follow('main a[href$="/login/second/recovery/"]')
    third.send(code=codes[2])
    third.answer_question()
    third.arrived()


@LANGUAGES
def test_with_a_passkey_that_comes_along_to_the_second_device(devices: Devices) -> None:
    first = devices()
    begin(first)
    cdp, place = add_authenticator(first)
    first.choose("passkey")
    first.send()
    first.page.wait_for_url("**/second-factor/codes/")
    first.keep_codes()
    [credential] = cdp.send("WebAuthn.getCredentials", {"authenticatorId": place})["credentials"]

    second = devices()
    cdp, place = add_authenticator(second)
    cdp.send("WebAuthn.addCredential", {"authenticatorId": place, "credential": credential})
    second.sign_in()
    second.send()
    second.page.wait_for_url("**/login/question/")
    second.answer_question()
    second.arrived()


@LANGUAGES
def test_a_device_without_the_passkey_is_told_so_and_stays_out(devices: Devices) -> None:
    first = devices()
    begin(first)
    add_authenticator(first)
    first.choose("passkey")
    first.send()
    first.page.wait_for_url("**/second-factor/codes/")
    second = devices()
    add_authenticator(second)
    second.sign_in()
    second.send()
    second.page.locator("[data-passkey-trouble]").wait_for(state="visible")
    check(second.page)
    assert second.path.endswith("/login/second/passkey/")


@LANGUAGES
def test_with_codes_by_e_mail(devices: Devices) -> None:
    first = devices()
    begin(first)
    first.choose("email")
    first.send()
    first.keep_codes()
    second = devices()
    second.sign_in()
    second.send(code=second.emailed_code())
    second.answer_question()
    second.arrived()


@LANGUAGES
def test_without_script_the_passkeys_page_says_what_to_do(
    browser: Any, browser_context_args: dict[str, Any], live_server: Any, language: str, persona: Persona
) -> None:
    context = browser.new_context(**browser_context_args | {"java_script_enabled": False})
    walker = Traveller(context.new_page(), live_server.url, persona, language, clock.today())
    walker.open_key(PASSWORD)
    walker.finish_account()
    walker.follow('main a[href$="/second-factor/passkey/"]')
    assert "JavaScript" in walker.page.inner_text("main")
    context.close()


@LANGUAGES
def test_the_pages_on_which_credentials_are_changed(
    devices: Devices, persona: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = factories.account(persona)
    second_factors.add_app(account=account, secret=SECRET, counter=0)
    second_factors.make_recovery_codes(account)
    second_factors.keep_recovery_codes(account)
    monkeypatch.setattr("accounts.factors.fresh_proof.is_fresh", lambda _request: True)
    device = devices()
    device.sign_in()
    device.send(code=app_code(SECRET))
    device.arrived()
    factor = "second-factor/"
    changes = (factor, f"{factor}app/", f"{factor}passkey/", f"{factor}email/remove/", f"{factor}codes/new/")
    named = f"{factor}{Authenticator.objects.get(type=Authenticator.Type.TOTP).pk}/name/"
    for address in (*changes, named, "password/", "questions/", "questions/1/"):
        device.open(f"/account/{address}")
        check(device.page)
    device.open(f"/account/{factor}codes/new/")
    device.send()
    check(device.page)
