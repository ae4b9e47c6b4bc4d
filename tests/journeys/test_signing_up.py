"""A key in a browser: sign-up with each second factor, sign-in on a second device, with a recovery code; axe clean."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.factors import second_factors
from accounts.joining.onboarding import next_step
from accounts.models import User
from lifecycle import clock
from tests import factories
from tests.accounts.signing import app_code, secret_on
from tests.accounts.test_second_step import SECRET
from tests.factories import PASSWORD
from tests.journeys.test_profile_pages_accessible import check_widths
from tests.journeys.traveller import Traveller
from tests.personas import AMARA, DIVYA, Persona

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSKEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
LANGUAGES = pytest.mark.parametrize(
    ("language", "persona"), [("en", AMARA), ("fr", DIVYA)], ids=["English", "French"]
)


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """With script, which axe and passkeys need."""
    return {**browser_context_args, "java_script_enabled": True}


class Signer(Traveller):
    """Looks at each page with axe and at both widths before its form is sent."""

    def send(self, **data: Any) -> None:
        check_widths(self.page, with_axe=self.language == "en")
        super().send(**data)

    def sign_in(self) -> None:
        self.open("/account/login/")
        self.send(login=self.persona.username, password=PASSWORD)

    def choose(self, way: str) -> None:
        """Take a second factor from the page that offers them."""
        check_widths(self.page, with_axe=self.language == "en")
        self.follow(f'main a[href$="/second-factor/{way}/"]')

    def keep_codes(self) -> list[str]:
        """Read the recovery codes, download them, and say that they are kept."""
        assert self.path.endswith("/second-factor/codes/"), (self.path, self.page.inner_text("main"))
        codes = re.findall(r"^\d{8}$", self.page.inner_text("main"), re.MULTILINE)
        with self.page.expect_download() as download:
            self.page.locator('main a[href$="/codes/file/"]').click()
        text = download.value.path().read_text()
        assert len(codes) == 5
        assert all(code in text for code in codes)
        self.send()
        self.arrived()
        return codes

    def arrived(self) -> None:
        assert self.path == f"/{self.language}/account/", (self.path, self.page.inner_text("main"))


Devices = Callable[[], Signer]


@pytest.fixture
def devices(
    browser: Any, browser_context_args: dict[str, Any], live_server: Any, language: str, persona: Persona
) -> Iterator[Devices]:
    """Each call is a device that was never here before."""
    contexts = []

    def device() -> Signer:
        context = browser.new_context(**browser_context_args)
        contexts.append(context)
        return Signer(context.new_page(), live_server.url, persona, language, clock.today())

    yield device
    for context in contexts:
        context.close()


def begin(signer: Signer) -> None:
    """From nothing to the choice of a second factor."""
    signer.open_key(PASSWORD)
    signer.finish_account()


def add_authenticator(signer: Signer) -> Any:
    """Give the device a place for passkeys, and return how to speak with it."""
    session = signer.page.context.new_cdp_session(signer.page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEY})
    return session, made["authenticatorId"]


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
    check_widths(second.page, with_axe=second.language == "en")
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
    for address in (*changes, "password/", "questions/", "questions/1/"):
        device.open(f"/account/{address}")
        check_widths(device.page, with_axe=device.language == "en")
    device.open(f"/account/{factor}codes/new/")
    device.send()
    check_widths(device.page, with_axe=device.language == "en")
