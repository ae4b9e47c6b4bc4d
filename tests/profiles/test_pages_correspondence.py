"""The letters of a profile: a table on its page, and each a letter with the numbers on it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Message
from draws import answers
from profiles import services
from profiles.models import Profile
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, EMEKA
from tests.profiles.reading import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    return client


def address(profile: Profile) -> str:
    return f"/en/account/profiles/{profile.number}/"


def letter(client: Client, kind: str) -> str:
    return words_of(client.get(f"/en/account/messages/{Message.objects.get(kind=kind).pk}/"))


def test_a_profile_lists_its_letters_and_marks_the_unread(amara: Client) -> None:
    profile = factories.profile(AMARA)
    sent = Message.objects.get()
    page = amara.get(address(profile))
    assert f"You are in the pool: profile {profile.number} 24 Sep 2026 Unread" in words_of(page)
    assert f'href="/en/account/messages/{sent.pk}/"' in page.content.decode()
    amara.get(f"/en/account/messages/{sent.pk}/")
    assert f"You are in the pool: profile {profile.number} 24 Sep 2026 Read" in words_of(
        amara.get(address(profile))
    )


def test_the_letters_of_an_earlier_profile_stay_with_it(amara: Client) -> None:
    old = factories.profile(AMARA)
    services.withdraw(profile=old, at=AT)
    new = factories.profile(AMARA)
    words = words_of(amara.get(address(new)))
    assert f"You are in the pool: profile {new.number}" in words
    assert old.number not in words
    assert f"You withdrew your profile {old.number}" in words_of(amara.get(address(old)))


def test_every_letter_of_an_invitation_belongs_to_its_profile(amara: Client) -> None:
    invitation = factories.invitation(AMARA)
    answers.decline(invitation=invitation, at=AT)
    kinds = set(Message.objects.about(invitation.profile.number).values_list("kind", flat=True))
    assert kinds == {"profile_in_pool", "invitation", "invitation_declined", "returned_to_pool"}
    assert f"Profile number {invitation.profile.number}" in letter(amara, "invitation")


def test_another_persons_letters_are_not_listed_to_an_officer(client: Client) -> None:
    profile = factories.profile(AMARA)
    client.force_login(factories.officer())
    assert "Correspondence" not in words_of(client.get(address(profile)))


def test_the_letter_gives_the_numbers_for_job_bank_under_a_heading(amara: Client) -> None:
    profile = factories.profile(AMARA)
    words = letter(amara, "profile_in_pool")
    assert words.index(f"Profile number {profile.number}") < words.rindex("You are in the pool: profile")
    assert (
        f"To register with Job Bank Profile number {profile.number} "
        f"Job Seeker validation code {profile.validation_code}"
    ) in words


def test_a_letter_to_somebody_outside_the_pool_gives_no_code(client: Client) -> None:
    client.force_login(factories.account(EMEKA))
    profile = factories.profile(EMEKA)
    words = letter(client, "profile_ineligible")
    assert "Job Bank" not in words
    assert profile.validation_code not in words


def test_the_list_costs_the_same_for_one_and_for_many_letters(amara: Client) -> None:
    profile = factories.profile(AMARA)
    factories.profile(BEN)
    before = queries(amara, profile)
    sent = Message.objects.about(profile.number).get()
    Message.objects.bulk_create(
        Message(account=sent.account, kind=sent.kind, details=sent.details, at=AT) for _number in range(20)
    )
    assert queries(amara, profile) == before


def queries(client: Client, profile: Profile) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(address(profile))
    return len(captured)
