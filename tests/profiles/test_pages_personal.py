"""The personal part as a candidate meets it: on pages, in the task list, before signing, in what is sent."""

import pytest
from django.test import Client

from profiles.models import Draft, Submission
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN
from tests.profiles.reading import filled_in, words_of
from tests.profiles.test_pages_tasks import tasks

pytestmark = pytest.mark.django_db
DRAFT = "/en/account/draft/"


@pytest.fixture
def ben(client: Client) -> Client:
    client.force_login(factories.account(BEN))
    return client


def test_a_draft_of_before_has_its_names_and_the_rest_to_do(ben: Client) -> None:
    told = BEN.facts(AT.date())
    names = {"family_name": BEN.family_name, "given_names": BEN.given_names}
    draft = factories.empty_draft(BEN)
    draft.answers = {**told, "identity": names}
    draft.save()
    found = tasks(ben)
    assert found["Personal details"] == ["In progress", "Still to answer: Sex or gender"]
    for title in ("Passport", "Residence and earlier applications", "Contact details", "Mailing address"):
        assert found[title] == ["Not started"]
    assert found["Your partner’s personal details"] == ["Not started"]
    assert found["Check your answers and sign"][0] == "Cannot start yet"
    assert filled_in(ben.get(f"{DRAFT}personal/"))["family_name"] == BEN.family_name


def test_saving_one_page_leaves_what_others_told_in_the_same_place(ben: Client) -> None:
    factories.draft(BEN)
    before = BEN.answers(AT.date())["identity"]
    told = filled_in(ben.get(f"{DRAFT}passport/"))
    ben.post(f"{DRAFT}passport/", told | {"number": "yy 777-777"})
    after = Draft.objects.get().answers["identity"]
    assert after == before | {"passport": before["passport"] | {"number": "YY777777"}}


def test_another_birth_date_makes_the_passport_need_attention_and_says_where(ben: Client) -> None:
    factories.draft(BEN, birth_date="2025-06-01")
    assert tasks(ben)["Passport"][:2] == ["Needs attention", "When was it issued?"]
    assert f'href="{DRAFT}passport/#id_issued_on"' in ben.get(DRAFT).content.decode()
    page = words_of(ben.get(f"{DRAFT}passport/"))
    assert "One thing to fix on this page" in page
    assert "before you were born, on 1 June 2025" in page


def test_another_citizenship_makes_the_residence_need_attention(ben: Client) -> None:
    identity = BEN.answers(AT.date())["identity"] | {"citizenships": ["FR"]}
    factories.draft(BEN, identity=identity)
    assert tasks(ben)["Residence and earlier applications"][0] == "Needs attention"
    assert ben.get(f"{DRAFT}sign/").status_code == 302


def test_a_passport_that_expires_soon_is_told_about_and_keeps_nobody_from_sending(ben: Client) -> None:
    identity = BEN.answers(AT.date())["identity"]
    identity["passport"]["expires_on"] = "2026-12-01"
    factories.draft(BEN, identity=identity)
    found = tasks(ben)
    assert found["Passport"][0] == "Complete"
    assert "within six months" in found["Passport"][1]
    assert "within six months" in words_of(ben.get(f"{DRAFT}passport/"))
    assert "within six months" in words_of(ben.get(f"{DRAFT}check/"))
    assert found["Check your answers and sign"] == ["Ready"]


def test_the_accounts_address_and_language_stand_in_the_contact_details_until_they_are_told(
    ben: Client,
) -> None:
    factories.empty_draft(BEN)
    shown = filled_in(ben.get(f"{DRAFT}contact/"))
    assert (shown["email"], shown["language"]) == ("ben@example.org", "en")
    assert tasks(ben)["Contact details"] == ["Not started"]


def test_told_contact_details_are_not_replaced_by_the_accounts(ben: Client) -> None:
    contact = BEN.answers(AT.date())["contact"] | {"email": "other@example.org", "language": "fr"}
    factories.draft(BEN, contact=contact)
    shown = filled_in(ben.get(f"{DRAFT}contact/"))
    assert (shown["email"], shown["language"]) == ("other@example.org", "fr")


def test_everything_told_can_be_read_before_signing(ben: Client) -> None:
    factories.draft(BEN)
    page = words_of(ben.get(f"{DRAFT}check/"))
    for words in (
        "Carter",
        BEN.passport,
        "United Kingdom",
        "17 Invented Road, unit 4, Leeds, 101233, United Kingdom",
        "The same as the mailing address",
        "+234 8035550147 (Mobile)",
        "ben@example.org",
        "No, I act for myself",
        "Moreau",
    ):
        assert words in page, words


def test_what_is_sent_keeps_the_personal_part_beside_the_facts() -> None:
    factories.profile(BEN)
    sent = Submission.objects.get()
    told = BEN.answers(AT.date())
    assert sent.personal["identity"] == told["identity"]
    assert sent.personal["contact"] == told["contact"]
    assert sent.personal["spouse"]["details"] == told["spouse"]["details"]
    assert BEN.passport not in str(sent.facts)


def test_a_partner_who_is_no_longer_one_is_not_kept_in_what_is_sent() -> None:
    told = BEN.answers(AT.date())
    factories.profile(BEN, marital_status="divorced", family_size=2, spouse=told["spouse"])
    assert "Moreau" not in str(Submission.objects.get().personal)


def test_marital_statuses_stand_in_the_alphabets_order(client: Client) -> None:
    client.force_login(factories.account(AMARA))
    factories.draft(AMARA)
    page = words_of(client.get(f"{DRAFT}family/"))
    options = ["Annulled marriage", "Common-law", "Divorced", "Legally separated", "Married", "Widowed"]
    places = [page.index(option) for option in options]
    assert places == sorted(places)
