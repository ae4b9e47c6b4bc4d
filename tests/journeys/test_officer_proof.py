"""An officer's second factor once more before a round is run, by passkey in a browser."""

from typing import Any

import pytest

from accounts.models import User
from draws.models import Round
from lifecycle.tables import RoundState
from tests import factories
from tests.draws.desk import planned_round
from tests.journeys.looking import check, come_in
from tests.journeys.signer import LANGUAGES, Devices, Signer, add_authenticator
from tests.personas import AMARA

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSKEY = "main form[data-passkey] button"


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """With script, which passkeys need."""
    return {**browser_context_args, "java_script_enabled": True}


@pytest.fixture
def planned() -> Round:
    factories.profile(AMARA)
    return planned_round(size=1)


def officers_device(devices: Devices, officer: User) -> Signer:
    """A device that can hold passkeys, on which the officer is signed in, without a proof for grave acts."""
    device = devices()
    come_in(device.page, device.base, officer)
    add_authenticator(device)
    return device


@pytest.fixture
def device(devices: Devices, planned: Round, monkeypatch: pytest.MonkeyPatch) -> Signer:
    """The device on which the officer made a passkey."""
    device = officers_device(devices, factories.officer())
    with monkeypatch.context() as patch:
        patch.setattr("accounts.factors.fresh_proof.is_fresh", lambda _request: True)
        device.open("/account/second-factor/passkey/")
        device.page.click(PASSKEY)
        device.page.wait_for_url("**/second-factor/codes/")
        device.send()
    return device


def press_run(device: Signer, planned: Round) -> None:
    device.open(f"/admin/draws/round/{planned.pk}/change/")
    device.page.fill("main form.confirm [name=number]", "1")
    device.page.click("main form.confirm button")


@LANGUAGES
def test_an_officers_passkey_is_proof_enough_to_run_a_round(device: Signer, planned: Round) -> None:
    press_run(device, planned)
    assert device.path.endswith("/account/second-factor/again/")
    check(device.page)
    device.page.click(PASSKEY)
    device.page.wait_for_url(f"**/admin/draws/round/{planned.pk}/change/")
    assert Round.objects.get().state == RoundState.PLANNED
    press_run(device, planned)
    assert device.path.endswith("/change/")
    assert Round.objects.get().state == RoundState.QUEUED


@LANGUAGES
@pytest.mark.usefixtures("device")
def test_a_device_without_the_officers_passkey_runs_no_round(devices: Devices, planned: Round) -> None:
    other = officers_device(devices, factories.officer())
    press_run(other, planned)
    other.page.click(PASSKEY)
    other.page.locator("[data-passkey-trouble]").wait_for(state="visible")
    check(other.page)
    press_run(other, planned)
    assert other.path.endswith("/account/second-factor/again/")
    assert Round.objects.get().state == RoundState.PLANNED
