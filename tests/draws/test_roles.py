"""Every role, every page of the officers' desk, every method: what is answered. A page not listed here fails."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.desk import officers
from accounts.desk.roles import EVERYTHING, PERMISSIONS, roles_with
from accounts.models import Role, User
from draws.models import Invitation, Round
from lifecycle.models import Transition
from lifecycle.schedule import Job
from profiles.models import Assessment, PoolEntry, Submission
from tests import factories
from tests.draws import corrections, plans
from tests.draws.desk import HOUR, planned_round, sign_in
from tests.factories import AT
from tests.personas import AMARA, BEN

pytestmark = pytest.mark.django_db

OFFICER, SENIOR, AUDITOR, EDITOR, ADMINISTRATOR, STAFF = Role
EVERYBODY = frozenset(Role)
READERS = EVERYBODY - {EDITOR, STAFF}
OVERSEERS = frozenset({AUDITOR, ADMINISTRATOR})
PLANNERS = frozenset({OFFICER, SENIOR})
SENIORS = frozenset({SENIOR})
ADMINISTRATORS = frozenset({ADMINISTRATOR})
METHODS = ("get", "head", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Page:
    """Who may open a page, and what it answers them to GET and to POST; other methods are refused with 405."""

    who: frozenset[Role]
    get: int = 200
    post: int = 405

    def answer(self, method: str) -> int:
        """Return the status for a role that may open the page."""
        return {"get": self.get, "head": self.get, "post": self.post}.get(method, 405)


RECORD = Page(READERS)
PAGES = {
    "index": Page(EVERYBODY),
    "draws_round_changelist": Page(READERS),
    "draws_pool": Page(READERS),
    "draws_round_calendar": Page(READERS),
    "draws_recurringplan_changelist": Page(READERS),
    "draws_recurringplan_add": Page(PLANNERS, post=200),
    "draws_recurringplan_change": Page(READERS),
    **{
        f"draws_recurringplan_{page}": Page(PLANNERS, post=200)
        for page in ("days", "step_add", "step", "start", "pause", "resume", "end")
    },
    "draws_recurringplan_step_remove": Page(PLANNERS, post=302),
    "draws_round_add": Page(PLANNERS, post=200),
    "draws_round_change": Page(READERS),
    "draws_round_run": Page(SENIORS, get=302, post=200),
    "draws_round_cancel": Page(SENIORS, post=200),
    "draws_round_publish": Page(SENIORS, get=302, post=409),
    "draws_round_correct": Page(PLANNERS, get=302, post=302),
    "draws_correction": Page(READERS),
    "draws_correction_confirm": Page(SENIORS, get=302, post=200),
    "draws_correction_drop": Page(PLANNERS, post=200),
    "draws_round_export": Page(frozenset({SENIOR, AUDITOR}), get=302, post=404),
    **{
        f"{name}_{page}": RECORD
        for name in (
            "profiles_poolentry",
            "profiles_submission",
            "profiles_assessment",
            "draws_invitation",
            "lifecycle_transition",
        )
        for page in ("changelist", "change")
    },
    "lifecycle_jobstate_changelist": Page(READERS),
    "lifecycle_jobstate_history": Page(READERS),
    "lifecycle_jobstate_run": Page(SENIORS | ADMINISTRATORS, get=302, post=302),
    "accounts_user_changelist": Page(OVERSEERS),
    "accounts_user_add": Page(ADMINISTRATORS, post=200),
    "accounts_user_change": Page(ADMINISTRATORS, post=200),
    "accounts_allowance_changelist": Page(OVERSEERS),
    "accounts_allowance_add": Page(ADMINISTRATORS, post=200),
    "accounts_allowance_end": Page(ADMINISTRATORS, post=200),
    "accounts_officeraction_changelist": Page(OVERSEERS),
    "accounts_officeraction_export": Page(OVERSEERS, get=302, post=200),
}
RECORDS = {
    "draws_round": Round,
    "profiles_poolentry": PoolEntry,
    "profiles_submission": Submission,
    "profiles_assessment": Assessment,
    "draws_invitation": Invitation,
    "lifecycle_transition": Transition,
}


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from patterns(found)
        else:
            yield found


@pytest.fixture
def things() -> dict[str, int]:
    """One record of each kind; the round is planned."""
    invited = factories.invitation(AMARA)
    planned = planned_round()
    given = officers.give_allowance(
        address="203.0.113.7",
        factor=10,
        lasts=HOUR,
        officer_id=factories.officer().pk,
        why="a course",
        at=AT,
    )
    other = factories.officer("oscar", Role.OFFICER)
    firsts = {name: model._default_manager.order_by("pk")[0].pk for name, model in RECORDS.items()}
    firsts["draws_recurringplan"] = plans.set_up().pk
    firsts["draws_correction"] = corrections.prepared(invited.round).pk
    return {**firsts, "draws_round": planned.pk, "accounts_allowance": given.pk, "accounts_user": other.pk}


def address(name: str, things: dict[str, int]) -> str:
    if name.startswith("draws_recurringplan_") and not name.endswith(("plan_changelist", "plan_add")):
        place = [1] if name.endswith(("_step", "_remove")) else []
        return reverse(f"admin:{name}", args=[things["draws_recurringplan"], *place])
    if name == "lifecycle_jobstate_run":
        return reverse(f"admin:{name}", args=[Job.LAPSE_DRAFTS.slug])
    if name.startswith("draws_correction"):
        return reverse(f"admin:{name}", args=[things["draws_correction"]])
    kind = name.rsplit("_", 1)[0]
    takes_a_number = name.endswith(
        ("_change", "_run", "_cancel", "_publish", "_end", "round_export", "round_correct")
    )
    return reverse(f"admin:{name}", args=[things[kind]] if takes_a_number else [])


def test_the_table_holds_every_page_of_the_desk_and_no_other() -> None:
    desk = next(
        found
        for found in patterns_of_desk(get_resolver())
        if isinstance(found, URLResolver) and found.namespace == "admin"
    )
    assert {found.name for found in patterns(desk)} == set(PAGES)


def patterns_of_desk(resolver: URLResolver) -> Iterator[URLPattern | URLResolver]:
    for found in resolver.url_patterns:
        yield found
        if isinstance(found, URLResolver) and found.namespace != "admin":
            yield from patterns_of_desk(found)


@pytest.mark.slow
@pytest.mark.parametrize("role", Role)
def test_each_role_gets_of_each_page_what_the_table_says(
    client: Client, things: dict[str, int], role: Role
) -> None:
    sign_in(client, factories.officer("someone", role))
    answers = {}
    expected = {}
    for name, page in PAGES.items():
        for method in METHODS:
            answers[name, method] = getattr(client, method)(address(name, things)).status_code
            expected[name, method] = page.answer(method) if role in page.who else 403
    assert answers == expected


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_a_candidate_opens_none_of_them_and_nobody_is_sent_to_sign_in(
    client: Client, things: dict[str, int], method: str
) -> None:
    assert {getattr(Client(), method)(address(name, things)).status_code for name in PAGES} == {302}
    client.force_login(factories.account(BEN))
    assert {getattr(client, method)(address(name, things)).status_code for name in PAGES} == {403}


def test_an_account_that_was_closed_is_an_officers_no_more() -> None:
    closed = factories.officer("ada", Role.AUDITOR)
    assert closed.has_perm("draws.view_round")
    closed.is_active = False
    assert not closed.has_perm("draws.view_round")


def test_nobody_but_the_command_lines_account_both_runs_rounds_and_gives_roles() -> None:
    for permissions in PERMISSIONS.values():
        assert not {"draws.change_round", "accounts.change_user"} <= permissions
    assert factories.officer().has_perms(["draws.change_round", "accounts.change_user"])


def test_an_officer_is_whoever_has_a_role() -> None:
    assert not factories.account(AMARA).is_staff
    assert factories.officer().role == Role.ADMINISTRATOR
    assert all(factories.officer(f"some-{role}", role).is_staff for role in Role)


def test_the_command_line_makes_an_administrator_who_may_do_everything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", factories.PASSWORD)
    call_command("createsuperuser", username="first", interactive=False, stdout=StringIO())
    made = User.objects.get(username="first")
    assert (made.role, made.is_superuser, made.is_staff) == (Role.ADMINISTRATOR, True, True)
    assert made.has_perms(EVERYTHING)


def test_the_database_refuses_one_who_may_do_everything_without_the_role() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=factories.account(AMARA).pk).update(is_superuser=True)


def test_the_table_is_asked_and_not_the_database() -> None:
    editor = factories.officer("edith", Role.CONTENT_EDITOR)
    editor.user_permissions.add(*Permission.objects.order_by("pk"))
    assert editor.get_all_permissions() == set()


def test_the_roles_with_a_permission_are_named_in_their_order() -> None:
    assert roles_with("draws.add_round") == [Role.OFFICER, Role.SENIOR_OFFICER]


def test_no_other_package_brings_a_page_to_the_desk() -> None:
    assert {model._meta.app_label for model in admin.site._registry} == {
        "accounts",
        "draws",
        "lifecycle",
        "profiles",
    }


def test_twin_without_the_guard_any_officer_opens_the_log(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = reverse("admin:accounts_officeraction_changelist")
    sign_in(client, factories.officer("edith", Role.CONTENT_EDITOR))
    assert client.get(log).status_code == 403
    monkeypatch.setattr(User, "has_perm", lambda _user, _permission, _obj=None: True)
    assert client.get(log).status_code == 200
