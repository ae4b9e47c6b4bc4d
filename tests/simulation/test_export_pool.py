"""``export_pool``: what the pool holds, a line a candidate, that scores again to the same."""

import json
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from lifecycle import clock
from profiles import services
from profiles.models import PoolEntry
from rules import facts
from rules.assessment import assess_many
from tests import factories
from tests.conftest import INSTANT
from tests.personas import AMARA, BEN, DIVYA

pytestmark = pytest.mark.django_db


@pytest.fixture
def _demo(settings: Any) -> None:
    settings.DEMO = False
    call_command("make_demo", "--pool", "300", stdout=StringIO())


def export() -> list[dict[str, Any]]:
    out = StringIO()
    call_command("export_pool", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.usefixtures("_demo")
def test_every_candidate_is_a_line_in_the_pools_order() -> None:
    lines = export()
    numbers = PoolEntry.objects.order_by("-score", "submitted_at", "pk").values_list(
        "profile__number", flat=True
    )
    assert [line["profile_number"] for line in lines] == list(numbers)


@pytest.mark.usefixtures("_demo")
def test_scoring_the_profiles_again_gives_the_scores_of_the_pool() -> None:
    lines = export()
    results = assess_many([facts.parse(line["profile"]) for line in lines])
    assert [result.total for result in results] == [line["score"] for line in lines]


@pytest.mark.usefixtures("_demo")
def test_the_submission_times_are_the_pools_to_the_microsecond() -> None:
    held = {entry.profile.number: entry.submitted_at for entry in PoolEntry.objects.select_related("profile")}
    assert {line["profile_number"]: datetime.fromisoformat(line["submitted_at"]) for line in export()} == held


def test_a_line_holds_nothing_of_the_account() -> None:
    factories.profile(AMARA)
    (line,) = export()
    assert set(line) == {"profile", "score", "submitted_at", "profile_number"}
    text = json.dumps(line)
    assert not any(
        word in text for word in (AMARA.username, AMARA.family_name, AMARA.given_names, "identity")
    )


def test_only_those_in_the_pool_are_exported() -> None:
    services.withdraw(profile=factories.profile(BEN), at=INSTANT)
    stays = factories.profile(DIVYA)
    assert [line["profile_number"] for line in export()] == [stays.number]


def test_who_has_expired_is_left_out_even_before_the_job_has_come(set_clock: Any) -> None:
    expiring = factories.profile(AMARA)
    set_clock(expiring.expires_at - timedelta(seconds=1))
    assert len(export()) == 1
    set_clock(expiring.expires_at)
    assert clock.now() == expiring.expires_at
    assert export() == []


def test_an_update_is_what_is_exported() -> None:
    updated = factories.profile(AMARA)
    draft = services.open_update(profile=updated, at=INSTANT)
    services.save_answers(draft=draft, changes={"settlement_funds_cad": 99_000}, at=INSTANT)
    services.submit(draft=draft, signed_as=AMARA.signature, at=INSTANT)
    (line,) = export()
    assert line["profile"]["settlement_funds_cad"] == 99_000
