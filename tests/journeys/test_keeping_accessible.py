"""The pages that keep a profile true: update, history, versions. Nothing that axe finds, no scrolling sideways."""

from typing import Any

import pytest

from profiles import services
from profiles.models import Draft, Profile
from tests import factories
from tests.factories import AT
from tests.journeys.looking import check, come_in, look_at
from tests.personas import AMARA, BEN, job

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """With script, which axe needs."""
    return {**browser_context_args, "java_script_enabled": True}


def updating(**changes: Any) -> tuple[Profile, Draft]:
    """Return Ben's profile and an update of it."""
    profile = factories.profile(BEN)
    draft = services.open_update(profile=profile, at=AT)
    return profile, services.save_answers(draft=draft, changes=changes, at=AT)


def test_an_update_before_it_is_sent(page: Any, live_server: Any) -> None:
    told = BEN.answers(AT.date())
    jobs = [*told["work"], job(AT.date(), "72310", "GB", 9, 7)]
    spouse = {**told["spouse"], "accompanying": False}
    profile, _draft = updating(work=jobs, spouse=spouse, family_size=4, language_tests=[])
    come_in(page, live_server.url, profile.account)
    look_at(page, live_server.url, "account/draft/result/")


def test_an_update_that_changes_nothing(page: Any, live_server: Any) -> None:
    profile, _draft = updating()
    come_in(page, live_server.url, profile.account)
    look_at(page, live_server.url, "account/draft/result/")


def test_the_history_its_versions_and_the_copies(page: Any, live_server: Any) -> None:
    profile, draft = updating(settlement_funds_cad=77_000, language_tests=[])
    services.submit(draft=draft, signed_as=BEN.signature, at=AT)
    come_in(page, live_server.url, profile.account)
    for ending in ("", "history/", "history/1/", "submitted/"):
        look_at(page, live_server.url, f"account/profiles/{profile.number}/{ending}")


def test_a_signature_that_is_refused_because_another_account_holds_the_passport(
    page: Any, live_server: Any
) -> None:
    factories.profile(AMARA)
    passport = AMARA.answers(AT.date())["identity"]["passport"]
    identity = {**BEN.answers(AT.date())["identity"], "passport": passport}
    draft = factories.draft(BEN, identity=identity)
    come_in(page, live_server.url, draft.account)
    page.goto(f"{live_server.url}/en/account/draft/sign/")
    page.locator("[name=declared]").check()
    page.locator("[name=signed_as]").fill(BEN.signature)
    question = page.locator("[name=answer]")
    if question.count():
        question.fill("anything")
    page.locator("main form button.button").first.click()
    page.wait_for_load_state()
    check(page)
