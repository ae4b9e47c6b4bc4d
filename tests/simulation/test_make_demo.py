"""``make_demo``: a pool loaded once, all or nothing, as if by the portal's own services."""

import json
import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from draws.charts.bands import BANDS
from lifecycle import clock
from lifecycle.models import Transition
from lifecycle.tables import ProfileState
from profiles.ageing import assess_due, expire_profiles
from profiles.models import PoolEntry, Profile, Submission
from profiles.services import CODE_ALPHABET, CODE_LENGTH
from rules import facts
from simulation.loading import Loader
from simulation.population.bands import published, quotas
from simulation.population.pool import PoolOutOfReachError, Recipe, make
from simulation.profile_numbers import Numbers
from simulation.progress import shown
from tests import factories

pytestmark = pytest.mark.django_db
SIZE = 300


def run(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def make_demo(*arguments: str) -> str:
    return run("make_demo", "--pool", str(SIZE), "--seed", "9", *arguments)


@pytest.fixture
def _no_accounts(settings: Any) -> None:
    settings.DEMO = False


def simulated() -> Any:
    return PoolEntry.objects.filter(profile__simulated=True)


@pytest.mark.usefixtures("_no_accounts")
def test_the_pool_has_the_size_and_the_bands_asked_for() -> None:
    make_demo()
    scores = list(simulated().order_by("pk").values_list("score", flat=True))
    held = [sum(band.low <= score <= band.high for score in scores) for band in BANDS]
    assert held == list(quotas(published("447"), SIZE))


@pytest.mark.usefixtures("_no_accounts")
def test_everybody_loaded_is_in_the_pool_and_in_the_log_since_submitting() -> None:
    make_demo()
    assert set(simulated().order_by("pk").values_list("state", flat=True)) == {ProfileState.IN_POOL}
    entered = Transition.objects.filter(machine="profile", event="enter").order_by("thing_id")
    assert list(entered.values_list("thing_id", "at")) == list(
        simulated().order_by("pk").values_list("pk", "submitted_at")
    )


@pytest.mark.usefixtures("_no_accounts")
def test_the_rows_hold_what_was_made() -> None:
    make_demo()
    recipe = Recipe(seed=9, as_of=clock.today(), size=SIZE)
    for found in make(recipe, [0, 17, 299]):
        profile = Profile.objects.get(account__username=f"simulated-{found.index:07d}")
        sent = profile.submissions.order_by("sequence")
        assert [row.facts for row in sent] == [json.loads(version.facts) for version in found.versions]
        assert [row.submitted_at for row in sent] == [version.submitted_at for version in found.versions]
        history = profile.assessments.order_by("id").values_list("at", "score", "programs", "next_change_on")
        assert list(history) == [
            (result.at, result.score, result.programs, result.next_change_on) for result in found.assessments
        ]
        assert profile.entry.score == found.scored.score
        assert profile.entry.expires_at == profile.expires_at


@pytest.mark.usefixtures("_no_accounts")
def test_what_was_sent_is_in_the_form_that_the_portal_stores() -> None:
    make_demo()
    for submission in Submission.objects.order_by("pk")[:50]:
        assert facts.dump(facts.parse(submission.facts)) == submission.facts


@pytest.mark.usefixtures("_no_accounts")
def test_nobody_can_sign_in_as_a_simulated_candidate() -> None:
    make_demo()
    assert not any(account.has_usable_password() for account in User.objects.order_by("pk"))


@pytest.mark.usefixtures("_no_accounts")
def test_the_jobs_find_nothing_to_do_on_the_day_of_the_pool() -> None:
    make_demo()
    at = clock.now()
    assert assess_due(at=at) == 0
    assert expire_profiles(at=at) == 0


@pytest.mark.usefixtures("_no_accounts")
def test_a_second_run_adds_nothing_and_says_so() -> None:
    make_demo()
    assert "exists already" in make_demo()
    assert Profile.objects.count() == SIZE


def test_a_second_run_makes_no_second_set_of_accounts() -> None:
    make_demo()
    before = User.objects.count()
    make_demo()
    assert User.objects.count() == before


@pytest.mark.usefixtures("_no_accounts")
def test_if_empty_leaves_a_portal_with_profiles_alone() -> None:
    factories.profile()
    assert "no demo pool was made" in make_demo("--if-empty")
    assert not Profile.objects.filter(simulated=True).exists()


def test_a_number_that_a_person_has_is_not_given_again() -> None:
    before = Numbers(seed=9, size=SIZE)
    number, code = before.number(3), before.validation_code(3)
    Profile.objects.create(
        account=factories.account(), number=number, validation_code=code, submitted_at=factories.AT
    )
    after = Numbers(seed=9, size=SIZE)
    assert number not in {after.number(index) for index in range(SIZE)}
    assert code not in {after.validation_code(index) for index in range(SIZE)}


def test_numbers_and_codes_have_the_portals_shape_and_never_repeat() -> None:
    numbers = Numbers(seed=9, size=5_000)
    given = {numbers.number(index) for index in range(5_000)}
    codes = {numbers.validation_code(index) for index in range(5_000)}
    assert len(given) == len(codes) == 5_000
    assert all(re.fullmatch("E[0-9]{9}", number) for number in given)
    assert all(re.fullmatch(f"[{CODE_ALPHABET}]{{{CODE_LENGTH}}}", code) for code in codes)


@pytest.mark.usefixtures("_no_accounts")
def test_a_failure_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_self: Loader, _candidates: object) -> None:
        User.objects.create_user("half-way")
        raise PoolOutOfReachError("out of reach")

    monkeypatch.setattr(Loader, "load", broken)
    with pytest.raises(CommandError, match="out of reach"):
        make_demo()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--as-of", "2026-09-25"], "cannot be of a later day"),
        (["--as-of", "2016-05-01"], "or later"),
        (["--like", "5"], "No picture of the pool"),
        (["--pool", "0"], "no number of candidates"),
        (["--pool", "many"], "no number of candidates"),
    ],
)
def test_what_cannot_be_made_is_refused_with_the_reason(arguments: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        make_demo(*arguments)


def test_progress_without_a_terminal_is_a_line_for_each_tenth() -> None:
    lines: list[str] = []
    with shown("Made", 1_000, lines.append, bar=False) as more:
        for _chunk in range(40):
            more(25)
    assert len(lines) == 10
    assert lines[-1] == "Made: 1,000 of 1,000"
