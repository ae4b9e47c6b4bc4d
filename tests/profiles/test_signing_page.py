"""What stands on the page to sign and on the confirmation."""

import pytest
from django.test import Client

from profiles import services
from profiles.models import Profile
from tests import factories
from tests.factories import AT
from tests.personas import AMARA
from tests.profiles.reading import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    return client


def test_the_page_to_sign_says_what_untruth_leads_to_and_what_becomes_of_the_information(
    amara: Client,
) -> None:
    factories.draft(AMARA)
    words = words_of(amara.get("/en/account/draft/sign/"))
    for said in (
        "misrepresentation",
        "a refusal",
        "inadmissible to Canada for five years",
        "no promise of an invitation",
        "Your personal information",
        "as in the passport",
        "I agree, and I declare",
    ):
        assert said in words


def confirmed(client: Client, profile: Profile) -> str:
    return words_of(client.get(f"/en/account/profiles/{profile.number}/submitted/"))


def test_the_confirmation_gives_number_code_programs_and_their_order(amara: Client) -> None:
    profile = factories.profile(AMARA)
    words = confirmed(amara, profile)
    assert f"Profile number {profile.number}" in words
    assert f"Job Seeker validation code {profile.validation_code}" in words
    assert "Canadian Experience Class, Federal Skilled Worker, Federal Skilled Trades" in words
    assert "What this update changed" not in words


def test_the_confirmation_of_an_update_leads_to_what_it_changed(amara: Client) -> None:
    profile = factories.profile(AMARA)
    draft = services.open_update(profile=profile, at=AT)
    services.save_answers(draft=draft, changes={"settlement_funds_cad": 26000}, at=AT)
    services.submit(draft=draft, signed_as=AMARA.signature, at=AT)
    words = confirmed(amara, profile)
    assert "What this update changed is kept in the history" in words
    assert "so your profile is in the pool." in words
