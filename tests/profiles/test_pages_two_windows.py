"""Two windows on one draft: the second is told, both versions are shown, nothing is overwritten unseen."""

from typing import Any

import pytest
from django.test import Client

from profiles.models import Draft
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, EMEKA, Answers
from tests.profiles.reading import filled_in, words_of
from tests.profiles.typed import typed

pytestmark = pytest.mark.django_db
DRAFT = "/en/account/draft/"
ON = AT.date()
TOLD = "This part of your profile was changed in another window"


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    factories.draft(AMARA)
    return client


def opened(client: Client, page: str) -> dict[str, Any]:
    """Open a page in a window and return what stands in it."""
    return filled_in(client.get(DRAFT + page))


def answers() -> Answers:
    told: Answers = Draft.objects.open().get().answers
    return told


def test_the_second_window_is_told_and_shown_both_versions(amara: Client) -> None:
    first, second = opened(amara, "plans/"), opened(amara, "plans/")
    amara.post(f"{DRAFT}plans/", first | {"settlement_funds_cad": "30000"})
    page = amara.post(f"{DRAFT}plans/", second | {"settlement_funds_cad": "40000"})
    words = words_of(page)
    assert TOLD in words
    assert "Saved meanwhile in the other window" in words
    assert "30,000 CAD" in words
    assert filled_in(page)["settlement_funds_cad"] == "40000"
    assert answers()["settlement_funds_cad"] == 30000


def test_saving_again_after_being_told_keeps_ones_own(amara: Client) -> None:
    first, second = opened(amara, "plans/"), opened(amara, "plans/")
    amara.post(f"{DRAFT}plans/", first | {"settlement_funds_cad": "30000"})
    told = filled_in(amara.post(f"{DRAFT}plans/", second | {"settlement_funds_cad": "40000"}))
    assert amara.post(f"{DRAFT}plans/", told).headers["Location"] == DRAFT
    assert answers()["settlement_funds_cad"] == 40000


def test_the_other_version_can_be_kept(amara: Client) -> None:
    first, second = opened(amara, "plans/"), opened(amara, "plans/")
    amara.post(f"{DRAFT}plans/", first | {"settlement_funds_cad": "30000"})
    amara.post(f"{DRAFT}plans/", second | {"settlement_funds_cad": "40000"})
    amara.post(f"{DRAFT}plans/", {"forget": "yes"})
    assert opened(amara, "plans/")["settlement_funds_cad"] == "30000"


def test_windows_on_different_pages_do_not_meet(amara: Client) -> None:
    first, second = opened(amara, "plans/"), opened(amara, "family/")
    amara.post(f"{DRAFT}plans/", first | {"settlement_funds_cad": "30000"})
    assert amara.post(f"{DRAFT}family/", second | {"family_size": "3"}).headers["Location"] == DRAFT
    assert (answers()["settlement_funds_cad"], answers()["family_size"]) == (30000, 3)


def test_windows_on_different_entries_of_a_list_do_not_meet(amara: Client) -> None:
    first, second = opened(amara, "study/1/"), opened(amara, "study/2/")
    amara.post(f"{DRAFT}study/1/", first | {"country": "GH"})
    amara.post(f"{DRAFT}study/2/", second | {"country": "KE"})
    assert [credential["country"] for credential in answers()["education"]] == ["GH", "KE"]


def test_two_windows_on_one_entry_do_meet(amara: Client) -> None:
    first, second = opened(amara, "study/1/"), opened(amara, "study/1/")
    amara.post(f"{DRAFT}study/1/", first | {"country": "GH"})
    page = amara.post(f"{DRAFT}study/1/", second | {"country": "KE"})
    assert TOLD in words_of(page)
    assert answers()["education"][0]["country"] == "GH"


def test_an_entry_is_found_again_when_an_earlier_one_was_removed(amara: Client) -> None:
    second = opened(amara, "study/2/")
    amara.post(f"{DRAFT}study/1/delete/", opened(amara, "study/1/delete/"))
    amara.post(f"{DRAFT}study/1/", second | {"country": "KE"})
    assert [credential["country"] for credential in answers()["education"]] == ["KE"]


def test_an_entry_that_was_removed_elsewhere_is_kept_as_a_new_one(amara: Client) -> None:
    second = opened(amara, "work/1/")
    amara.post(f"{DRAFT}work/1/delete/", opened(amara, "work/1/delete/"))
    response = amara.post(f"{DRAFT}work/1/", second | {"hours_per_week": "20"})
    assert response.headers["Location"] == f"{DRAFT}work/add/"
    kept = opened(amara, "work/add/")
    assert kept["hours_per_week"] == "20"
    amara.post(f"{DRAFT}work/add/", kept)
    assert answers()["work"][0]["hours_per_week"] == 20


def test_two_windows_may_both_add_an_entry(amara: Client) -> None:
    first, second = opened(amara, "work/add/"), opened(amara, "work/add/")
    amara.post(f"{DRAFT}work/add/", first | typed(BEN.answers(ON), "work", 1))
    amara.post(f"{DRAFT}work/add/", second | typed(EMEKA.answers(ON), "work", 1))
    assert [held["noc"] for held in answers()["work"]] == ["21232", "72200", "64100"]


def test_sending_a_new_entry_twice_adds_it_once(amara: Client) -> None:
    told = opened(amara, "work/add/") | typed(BEN.answers(ON), "work", 1)
    for _click in range(2):
        assert amara.post(f"{DRAFT}work/add/", told).headers["Location"] == f"{DRAFT}work/"
    assert len(answers()["work"]) == 2


def test_sending_a_changed_entry_twice_is_once(amara: Client) -> None:
    told = opened(amara, "work/1/") | {"hours_per_week": "20"}
    for _click in range(2):
        assert amara.post(f"{DRAFT}work/1/", told).headers["Location"] == f"{DRAFT}work/"


def test_removing_an_entry_twice_removes_one(amara: Client) -> None:
    told = opened(amara, "study/1/delete/")
    for _click in range(2):
        amara.post(f"{DRAFT}study/1/delete/", told)
    assert len(answers()["education"]) == 1


def test_a_page_that_hides_what_it_saw_overwrites_nothing(amara: Client) -> None:
    told = typed({**AMARA.answers(ON), "settlement_funds_cad": 1}, "plans")
    assert TOLD in words_of(amara.post(f"{DRAFT}plans/", told))
    assert answers()["settlement_funds_cad"] == 25000


def test_signing_what_was_changed_meanwhile_asks_to_check_again(amara: Client) -> None:
    signing = opened(amara, "sign/") | {"declared": "on", "signed_as": AMARA.signature}
    amara.post(f"{DRAFT}plans/", opened(amara, "plans/") | {"settlement_funds_cad": "30000"})
    response = amara.post(f"{DRAFT}sign/", signing)
    assert response.headers["Location"] == f"{DRAFT}check/"
    assert Draft.objects.open().exists()
