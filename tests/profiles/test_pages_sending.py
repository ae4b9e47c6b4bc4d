"""Check, see the verdict, sign, send; and the confirmation."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import Message
from lifecycle.tables import ProfileState
from profiles import services
from profiles.models import Draft, PoolEntry, Profile, Submission
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, EMEKA, Persona
from tests.profiles.reading import filled_in, plain, words_of

pytestmark = pytest.mark.django_db
DRAFT = "/en/account/draft/"
DAY = timedelta(days=1)


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    return client


def signing(client: Client, persona: Persona = AMARA) -> dict[str, str]:
    """Return what is sent when the page to sign is filled in."""
    return filled_in(client.get(f"{DRAFT}sign/")) | {"declared": "on", "signed_as": persona.signature}


def test_the_check_shows_every_answer_with_a_way_to_change_it(amara: Client) -> None:
    factories.draft(AMARA)
    page = amara.get(f"{DRAFT}check/")
    words = words_of(page)
    for told in ("Amara", "Okafor", "Master’s degree", "IELTS General Training", "25,000 CAD", "Ontario"):
        assert told in words
    assert 'href="/en/account/draft/work/1/"' in page.content.decode()


def test_the_check_of_an_incomplete_draft_leads_back_to_the_sections(amara: Client) -> None:
    factories.empty_draft(AMARA)
    words = words_of(amara.get(f"{DRAFT}check/"))
    assert "Some sections are not complete yet." in words
    assert "See the verdict before sending" not in words


def test_the_verdict_is_shown_before_anything_is_sent(amara: Client) -> None:
    factories.draft(AMARA)
    page = amara.get(f"{DRAFT}result/")
    words = words_of(page)
    assert "With these answers you enter the pool" in words
    assert "Federal Skilled Worker: you may be eligible" in words
    assert "Canadian Experience Class: not eligible" in words
    assert "469 points of 1,200" in words
    assert page.content.decode().count('<details class="line') == 16
    assert not Profile.objects.exists()


def test_the_verdict_names_what_fails_and_leads_to_the_answer(client: Client) -> None:
    client.force_login(factories.account(EMEKA))
    factories.draft(EMEKA)
    page = client.get(f"{DRAFT}result/")
    assert "With these answers you do not enter the pool" in words_of(page)
    for slug in ("work", "languages", "study", "plans"):
        assert f'href="/en/account/draft/{slug}/">Change this answer' in page.content.decode()


def test_the_verdict_follows_the_day_on_which_it_is_asked_for(
    amara: Client, move_clock: Callable[[datetime], None]
) -> None:
    old = AMARA.answers(AT.date() - 715 * DAY)["language_tests"]
    factories.draft(AMARA, language_tests=old)
    assert "you enter the pool" not in words_of(amara.get(f"{DRAFT}result/"))


def test_no_verdict_is_given_on_half_of_the_answers(amara: Client) -> None:
    factories.empty_draft(AMARA)
    assert amara.get(f"{DRAFT}result/").headers["Location"] == DRAFT
    assert amara.get(f"{DRAFT}sign/").headers["Location"] == DRAFT


def test_signing_sends_the_profile_and_confirms_it_with_its_numbers(amara: Client) -> None:
    factories.draft(AMARA)
    response = amara.post(f"{DRAFT}sign/", signing(amara), follow=True)
    profile = Profile.objects.get()
    assert response.redirect_chain == [(f"/en/account/profiles/{profile.number}/submitted/", 302)]
    words = words_of(response)
    for told in ("We have received your profile", profile.number, profile.validation_code, "What comes next"):
        assert told in words
    assert PoolEntry.objects.get().state == ProfileState.IN_POOL
    assert Submission.objects.get().signed_as == AMARA.signature


def test_sending_twice_is_once_and_confirms_the_same(amara: Client) -> None:
    factories.draft(AMARA)
    told = signing(amara)
    first = amara.post(f"{DRAFT}sign/", told)
    second = amara.post(f"{DRAFT}sign/", told)
    assert first.headers["Location"] == second.headers["Location"]
    assert (Profile.objects.count(), Submission.objects.count(), Message.objects.count()) == (1, 1, 1)


def test_the_name_may_differ_in_case_and_spaces_but_not_otherwise(amara: Client) -> None:
    factories.draft(AMARA)
    wrong = amara.post(f"{DRAFT}sign/", signing(amara) | {"signed_as": "Amara Okafur"})
    assert "The name that you signed with is not the one in your personal details." in words_of(wrong)
    assert filled_in(wrong)["signed_as"] == "Amara Okafur"
    assert amara.post(f"{DRAFT}sign/", signing(amara) | {"signed_as": " amara  OKAFOR "}).status_code == 302


def test_nothing_is_sent_without_the_declaration(amara: Client) -> None:
    factories.draft(AMARA)
    told = signing(amara)
    del told["declared"]
    assert "Tick the declaration to sign." in words_of(amara.post(f"{DRAFT}sign/", told))
    assert not Profile.objects.exists()


def test_nothing_is_sent_while_a_page_needs_attention(amara: Client) -> None:
    draft = factories.draft(AMARA)
    told = signing(amara)
    draft.unfinished = {"plans": {"settlement_funds_cad": ["much"]}}
    draft.save()
    assert amara.post(f"{DRAFT}sign/", told).headers["Location"] == DRAFT
    assert not Profile.objects.exists()


@pytest.mark.parametrize("pk", ["", "0", "-1", "x", "1e3", "99999999999999999999", "²", "\x00"])
def test_a_draft_that_is_nobodys_cannot_be_sent(amara: Client, pk: str) -> None:
    factories.draft(AMARA)
    assert amara.post(f"{DRAFT}sign/", signing(amara) | {"draft": pk}).status_code == 404


def test_another_persons_draft_is_the_same_as_a_missing_one(amara: Client) -> None:
    factories.draft(AMARA)
    other = factories.draft(BEN)
    told = signing(amara)
    sent = [amara.post(f"{DRAFT}sign/", told | {"draft": str(pk)}) for pk in (other.pk, other.pk + 1)]
    assert [response.status_code for response in sent] == [404, 404]
    assert plain(sent[0]) == plain(sent[1])
    assert not Profile.objects.exists()


def test_a_draft_that_lapsed_while_it_was_read_is_not_sent(
    amara: Client, move_clock: Callable[[datetime], None]
) -> None:
    factories.draft(AMARA)
    told = signing(amara)
    move_clock(AT + 60 * DAY)
    response = amara.post(f"{DRAFT}sign/", told)
    assert response.status_code == 409
    assert "This draft has lapsed" in words_of(response)
    assert not Profile.objects.exists()


def test_who_meets_no_program_is_told_so_and_how_to_go_on(client: Client) -> None:
    client.force_login(factories.account(EMEKA))
    factories.draft(EMEKA)
    words = words_of(client.post(f"{DRAFT}sign/", signing(client, EMEKA), follow=True))
    assert "By your answers no program is met, so your profile did not enter the pool." in words
    assert "See why, and what would change it" in words


def test_an_update_is_confirmed_as_one_and_keeps_the_first_instant(
    amara: Client, move_clock: Callable[[datetime], None]
) -> None:
    profile = factories.profile(AMARA)
    move_clock(AT + 10 * DAY)
    amara.post(f"/en/account/profiles/{profile.number}/update/")
    draft = Draft.objects.get(profile=profile, state="open")
    services.save_answers(draft=draft, changes={"settlement_funds_cad": 26000}, at=AT + 10 * DAY)
    words = words_of(amara.post(f"{DRAFT}sign/", signing(amara), follow=True))
    assert "We have received your update" in words
    assert "24 September 2026, 09:12:40 UTC Breaks ties." in words
    assert PoolEntry.objects.get().submitted_at == AT


def test_an_update_of_a_profile_that_was_invited_meanwhile_is_locked(amara: Client) -> None:
    profile = factories.profile(AMARA)
    draft = services.open_update(profile=profile, at=AT)
    services.save_answers(draft=draft, changes={"settlement_funds_cad": 26000}, at=AT)
    told = signing(amara)
    factories.published_round(size=10)
    response = amara.post(f"{DRAFT}sign/", told)
    assert response.status_code == 409
    assert "An invitation locks your profile." in words_of(response)
    assert amara.get(DRAFT).status_code == 409
    assert Submission.objects.count() == 1


def test_the_confirmation_is_shown_to_its_owner_only(amara: Client) -> None:
    other = factories.profile(BEN)
    assert amara.get(f"/en/account/profiles/{other.number}/submitted/").status_code == 404


def test_after_sending_the_draft_is_gone(amara: Client) -> None:
    factories.draft(AMARA)
    amara.post(f"{DRAFT}sign/", signing(amara))
    assert not Draft.objects.open().exists()
    assert amara.get(DRAFT).headers["Location"] == "/en/account/start/"
    assert "You have profile" in words_of(amara.get("/en/account/start/"))
