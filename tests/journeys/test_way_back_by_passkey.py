"""Ways back with a passkey as the second factor, in a browser, on a second device."""

from typing import Any

import pytest

from accounts.models import RecoveryQuestion, User
from accounts.recovering.recovery import send_due
from tests.factories import PASSWORD
from tests.journeys.signer import LANGUAGES, Devices, Signer, add_authenticator, begin
from tests.journeys.traveller import QUESTIONS
from tests.personas import Persona

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW_PASSWORD = "lantern orchard violin seven"


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """With script, which passkeys need."""
    return {**browser_context_args, "java_script_enabled": True}


def device_with_the_passkey(devices: Devices) -> Signer:
    """Sign up with a passkey on one device; return another one to which the passkey came along."""
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
    return second


def show_the_passkey(device: Signer) -> None:
    assert device.page.locator("main form[data-passkey]").count() == 1
    assert device.page.locator("main [name=code]").count() == 1
    with device.page.expect_navigation():
        device.send()


@LANGUAGES
def test_a_forgotten_password_is_replaced_with_a_passkey(devices: Devices, persona: Persona) -> None:
    device = device_with_the_passkey(devices)
    device.open("/account/recover/password/")
    device.send(username=persona.username)
    send_due()
    device.send(code=device.emailed_code())
    device.send(**{f"answer_{number}": answer for number, (_question, answer) in enumerate(QUESTIONS, 1)})
    show_the_passkey(device)
    device.send(password1=NEW_PASSWORD, password2=NEW_PASSWORD)
    assert device.path.endswith("/account/login/")
    assert User.objects.get(username=persona.username).check_password(NEW_PASSWORD)


@LANGUAGES
def test_forgotten_answers_are_replaced_with_a_passkey(devices: Devices, persona: Persona) -> None:
    device = device_with_the_passkey(devices)
    before = set(RecoveryQuestion.objects.values_list("answer_hash", flat=True))
    device.open("/account/recover/answers/")
    device.send(username=persona.username, password=PASSWORD)
    show_the_passkey(device)
    told = {
        f"q{number}-{name}": value
        for number in (1, 2, 3)
        for name, value in (("question", number), ("answer", f"something new {number}"), ("hint", "-"))
    }
    device.send(**told)
    assert device.path.endswith("/account/login/"), device.page.inner_text("main")
    assert not before & set(RecoveryQuestion.objects.values_list("answer_hash", flat=True))


@LANGUAGES
def test_a_device_without_the_passkey_is_told_so_and_gets_no_further(
    devices: Devices, persona: Persona
) -> None:
    device_with_the_passkey(devices)
    other = devices()
    add_authenticator(other)
    other.open("/account/recover/answers/")
    other.send(username=persona.username, password=PASSWORD)
    other.send()
    other.page.locator("[data-passkey-trouble]").wait_for(state="visible")
    assert other.page.locator("main [name=code]").count() == 1
