"""A candidate's own pages, opened by officers: who may read them, and that it is written down."""

import pytest
from django.test import Client

from accounts.models import OfficerAction, Role
from tests import factories
from tests.personas import AMARA

pytestmark = pytest.mark.django_db


def pages() -> list[str]:
    invitation = factories.invitation(AMARA)
    profile = f"/en/account/profiles/{invitation.profile.number}/"
    return [profile, f"{profile}score/", f"/en/account/invitations/{invitation.pk}/"]


def test_a_content_editor_finds_no_candidate(client: Client) -> None:
    addresses = pages()
    client.force_login(factories.officer("edda", Role.CONTENT_EDITOR))
    assert [client.get(page).status_code for page in addresses] == [404, 404, 404]
    assert not OfficerAction.objects.filter(verb="opened").exists()


def test_each_page_that_an_officer_opens_is_in_the_log(client: Client) -> None:
    addresses = pages()
    officer = factories.officer("otto", Role.OFFICER)
    client.force_login(officer)
    assert [client.get(page).status_code for page in addresses] == [200, 200, 200]
    assert OfficerAction.objects.filter(verb="opened", officer=officer).count() == 3


def test_the_owner_s_own_look_is_nobody_s_business(client: Client) -> None:
    addresses = pages()
    client.force_login(factories.account(AMARA))
    assert [client.get(page).status_code for page in addresses] == [200, 200, 200]
    assert not OfficerAction.objects.filter(verb="opened").exists()
