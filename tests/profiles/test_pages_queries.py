"""What a page costs: the same number of queries whatever the length of its lists."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.services import post_message
from profiles import services
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, job

pytestmark = pytest.mark.django_db
MOST = 14


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    return client


def queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


@pytest.mark.parametrize("ending", ["", "work/", "work/1/", "work/add/", "check/", "result/", "sign/"])
def test_a_page_of_a_draft_costs_the_same_for_one_and_twenty_jobs(amara: Client, ending: str) -> None:
    draft = factories.draft(AMARA)
    before = queries(amara, f"/en/account/draft/{ending}")
    jobs = [job(AT.date(), "21232", "NG", 9, 8) for _number in range(20)]
    services.save_answers(draft=draft, changes={"work": jobs}, at=AT)
    assert queries(amara, f"/en/account/draft/{ending}") == before <= MOST


@pytest.mark.parametrize("ending", ["", "history/", "history/1/", "submitted/"])
def test_a_profile_costs_the_same_for_one_and_many_versions(amara: Client, ending: str) -> None:
    profile = factories.profile(AMARA)
    page = f"/en/account/profiles/{profile.number}/{ending}"
    before = queries(amara, page)
    for _number in range(3):
        draft = services.open_update(profile=profile, at=AT)
        services.submit(draft=draft, signed_as=AMARA.signature, at=AT)
    assert queries(amara, page) == before <= MOST


def test_the_accounts_home_costs_the_same_for_one_and_many(amara: Client) -> None:
    services.withdraw(profile=factories.profile(AMARA), at=AT)
    factories.profile(AMARA)
    before = queries(amara, "/en/account/")
    for _number in range(4):
        services.withdraw(profile=factories.account(AMARA).profiles.get(entry__state="in_pool"), at=AT)
        factories.profile(AMARA)
        post_message(account_id=factories.account(AMARA).pk, kind="profile_expired", details=DETAILS, at=AT)
    assert queries(amara, "/en/account/") == before <= MOST


DETAILS = {"number": "E000000001", "expires_at": AT.isoformat()}
