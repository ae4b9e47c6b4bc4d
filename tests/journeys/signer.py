"""Somebody who signs up and in, in a browser, on one device or several."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.factories import PASSWORD
from tests.journeys.looking import check
from tests.journeys.traveller import Traveller
from tests.personas import AMARA, DIVYA

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


class Signer(Traveller):
    """Looks at each page with axe and at both widths before its form is sent or a link is followed."""

    def send(self, **data: Any) -> None:
        check(self.page)
        super().send(**data)

    def follow(self, selector: str) -> None:
        check(self.page)
        super().follow(selector)

    def sign_in(self) -> None:
        self.open("/account/login/")
        self.send(login=self.persona.username, password=PASSWORD)

    def choose(self, way: str) -> None:
        """Take a second factor from the page that offers them."""
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
