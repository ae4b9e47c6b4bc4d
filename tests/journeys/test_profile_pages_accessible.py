"""The pages of account and profile: nothing that axe finds, and no scrolling sideways on a phone."""

from collections.abc import Callable
from typing import Any

import pytest

from profiles import services
from profiles.filling import keep_typed
from profiles.sections import shown
from tests import factories
from tests.factories import AT
from tests.journeys.looking import Look
from tests.personas import AMARA, BEN, DIVYA, EMEKA, Persona, credential, job

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """With script, which axe needs."""
    return {**browser_context_args, "java_script_enabled": True}


@pytest.fixture
def look(look: Look) -> Callable[[Persona | None, list[str]], None]:
    """Look at pages of the account as a persona."""
    return lambda persona, pages: look(
        factories.account(persona) if persona else None, [f"account/{page}" for page in pages]
    )


def test_signing_in_and_up(look: Any) -> None:
    look(None, ["login/", "signup/"])


def test_an_empty_account_and_its_checklist(look: Any) -> None:
    look(DIVYA, ["", "start/", "messages/", "logout/"])


def test_the_pages_of_a_draft(look: Any) -> None:
    sections = [section.slug for section in shown(factories.draft(BEN).answers)]
    entries = ["study/1", "languages/1", "work/add", "certificate/1", "relatives/add", "work/1/delete"]
    pages = ["", *(f"{page}/" for page in [*sections, *entries, "check", "result", "sign", "discard"])]
    look(BEN, ["", *(f"draft/{page}" for page in pages)])


def test_entries_that_are_asked_about_and_the_picture_of_the_work(look: Any) -> None:
    on = AT.date()
    jobs = [job(on, "21232", "NG", 6, 4), job(on, "21232", "NG", 5, 3, hours_per_week=80)]
    factories.draft(AMARA, work=jobs, education=[credential(on, "masters", "NG", 21, 20)])
    pages = ["", "work/", "work/counts/", "study/1/", "nomination/", "job-offer/add/"]
    look(AMARA, [f"draft/{page}" for page in pages])


def test_a_page_with_errors_and_the_list_that_names_them(look: Any) -> None:
    draft = factories.draft(AMARA)
    keep_typed(draft=draft, place="family", typed={"family_size": ["two"]}, at=AT)
    look(AMARA, ["draft/", "draft/family/"])


def test_the_pages_about_a_person_with_errors_and_with_what_is_only_told_about(look: Any) -> None:
    identity = AMARA.answers(AT.date())["identity"]
    identity["passport"]["expires_on"] = "2026-12-01"
    draft = factories.draft(AMARA, identity=identity | {"residence": {"country": "FR", "status": "citizen"}})
    wrong = {"second_phone_number": ["1"], "phone_number": ["call me"], "email": ["amara"]}
    keep_typed(draft=draft, place="contact", typed=wrong, at=AT)
    keep_typed(draft=draft, place="home-address", typed={"same": ["no"], "country": ["CA"]}, at=AT)
    keep_typed(draft=draft, place="representative", typed={"kind": ["paid"], "family_name": ["Obi"]}, at=AT)
    pages = ["", "passport/", "residence/", "contact/", "home-address/", "representative/"]
    look(AMARA, [f"draft/{page}" for page in pages])


def test_a_profile_in_the_pool_its_confirmation_and_its_withdrawal(look: Any) -> None:
    number = factories.profile(AMARA).number
    message = factories.account(AMARA).messages.get()
    pages = ["", "submitted/", "withdraw/"]
    look(AMARA, ["", f"messages/{message.pk}/", *(f"profiles/{number}/{page}" for page in pages)])


def test_a_profile_that_meets_no_program(look: Any) -> None:
    number = factories.profile(EMEKA).number
    look(EMEKA, ["", f"profiles/{number}/", f"profiles/{number}/submitted/"])


def test_a_withdrawn_profile(look: Any) -> None:
    profile = factories.profile(AMARA)
    services.withdraw(profile=profile, at=AT)
    look(AMARA, ["", "start/", f"profiles/{profile.number}/"])
