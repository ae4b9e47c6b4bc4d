"""The records that officers look up: searched by profile number, read field by field, never changed."""

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import Role
from draws.models import Invitation
from lifecycle.models import Transition
from profiles.models import Assessment, PoolEntry, Profile, Submission
from tests import factories
from tests.draws.pages import queries_for, text_of
from tests.personas import AMARA, BEN, DIVYA, Persona

pytestmark = pytest.mark.django_db
MODELS = (PoolEntry, Submission, Assessment, Invitation, Transition)
LISTS = [f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist" for model in MODELS]


@pytest.fixture
def desk(client: Client) -> Client:
    """A client that is signed in as an officer."""
    client.force_login(factories.officer())
    return client


@pytest.fixture
def invited() -> Profile:
    """Amara's profile, invited, and Divya's, which is not."""
    profile = factories.invitation(AMARA).profile
    factories.profile(DIVYA)
    return profile


@pytest.mark.parametrize("name", LISTS)
def test_the_desk_leads_to_every_list_of_records(desk: Client, name: str) -> None:
    assert f'href="{reverse(name)}"' in desk.get(reverse("admin:index")).content.decode()


def test_the_desk_offers_no_form_of_djangos_own(desk: Client) -> None:
    content = desk.get(reverse("admin:index")).content.decode()
    assert "/admin/auth/group/" not in content


@pytest.mark.parametrize("name", LISTS)
def test_records_are_found_by_profile_number_and_others_are_not(
    desk: Client, invited: Profile, name: str
) -> None:
    rows = text_of(desk, f"{reverse(name)}?number={invited.number}")
    assert "Nothing matches." not in rows
    others = Profile.objects.exclude(pk=invited.pk).get()
    assert others.number not in rows
    assert "Nothing matches." in text_of(desk, f"{reverse(name)}?number=E999999999")


def test_the_beginning_of_a_number_is_enough_and_case_and_spaces_are_forgiven(
    desk: Client, invited: Profile
) -> None:
    beginning = f" {invited.number[:6].lower()} "
    assert invited.number in text_of(desk, f"{reverse(LISTS[0])}?number={beginning}")


def test_the_pool_can_be_narrowed_to_a_state(desk: Client, invited: Profile) -> None:
    waiting = Profile.objects.exclude(pk=invited.pk).get()
    text = text_of(desk, f"{reverse(LISTS[0])}?kind=invited")
    assert invited.number in text
    assert waiting.number not in text


def test_the_log_shows_the_moves_of_a_profile_its_draft_and_its_invitation(
    desk: Client, invited: Profile
) -> None:
    text = text_of(desk, f"{reverse(LISTS[4])}?number={invited.number}")
    for move in ("Started", "Submitted", "Entered the pool", "Invited", "Issued"):
        assert f" {move} " in text
    assert "in_pool" not in text
    assert "1 of" not in text


def test_the_log_can_be_narrowed_to_a_machine(desk: Client, invited: Profile) -> None:
    text = text_of(desk, f"{reverse(LISTS[4])}?kind=round")
    assert " Completed Published Published " in text
    assert " Submitted " not in text


@pytest.mark.parametrize("model", MODELS)
def test_a_record_is_shown_field_by_field(desk: Client, invited: Profile, model: type[Model]) -> None:
    record = model._default_manager.order_by("pk")[0]
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    text = text_of(desk, reverse(name, args=[record.pk]))
    for field in model._meta.concrete_fields:
        assert str(field.verbose_name).lower() in text.lower()


def test_a_submission_shows_what_was_sent(desk: Client, invited: Profile) -> None:
    sent = Submission.objects.get(profile=invited)
    text = text_of(desk, reverse("admin:profiles_submission_change", args=[sent.pk]))
    assert '"test": "ielts_general"' in text
    assert "24 September 2026, 09:12:40 UTC" in text


def test_a_missing_record_is_a_missing_page(desk: Client) -> None:
    assert desk.get(reverse("admin:profiles_submission_change", args=[999])).status_code == 404


@pytest.mark.parametrize("model", MODELS)
def test_nothing_can_be_added_changed_or_deleted(desk: Client, invited: Profile, model: type[Model]) -> None:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    record = model._default_manager.order_by("pk")[0]
    for address in (reverse(f"{name}_changelist"), reverse(f"{name}_change", args=[record.pk])):
        for method in ("post", "put", "patch", "delete"):
            assert getattr(desk, method)(address).status_code == 405
    for action, args in (("add", []), ("delete", [record.pk]), ("history", [record.pk])):
        with pytest.raises(NoReverseMatch):
            reverse(f"{name}_{action}", args=args)


def test_a_role_that_reads_no_records_is_refused(client: Client, invited: Profile) -> None:
    client.force_login(factories.officer("edith", Role.CONTENT_EDITOR))
    for name in LISTS:
        assert client.get(reverse(name)).status_code == 403
    sent = Submission.objects.get(profile=invited)
    assert client.get(reverse("admin:profiles_submission_change", args=[sent.pk])).status_code == 403


@pytest.mark.parametrize("name", LISTS)
def test_a_candidate_is_refused_and_nobody_is_sent_to_sign_in(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 302
    client.force_login(factories.account(BEN))
    assert client.get(reverse(name), follow=True).status_code == 403


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_take_as_many_queries_when_short_as_when_long(
    desk: Client, invited: Profile, name: str
) -> None:
    short = queries_for(desk, reverse(name))
    for number in range(5):
        factories.profile(Persona(f"more{number}", "Amara", "Okafor", AMARA.facts))
    assert queries_for(desk, reverse(name)) == short
    assert short <= 15
