"""Three whole candidates by keyboard alone, in both languages, with and without script, at a desk and on a phone."""

import re
from typing import Any

import pytest

from lifecycle import clock
from lifecycle.tables import ProfileState
from profiles.models import PoolEntry, Submission
from rules import facts
from rules.assessment import assess
from rules.categories import CATEGORY_BITS
from rules.programs import PROGRAM_BITS
from tests.journeys.candidate_journey import CandidateJourney
from tests.journeys.candidates import AMARAS, BENS, FATOUS
from tests.journeys.looking import come_in
from tests.journeys.telling import Candidate

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK, PHONE = 1280, 360


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], width: int, script: bool) -> dict[str, Any]:
    """One width a journey, with script or without. Axe looks at these pages in the tests named after it."""
    return browser_context_args | {
        "java_script_enabled": script,
        "viewport": {"width": width, "height": 900},
    }


def entry() -> PoolEntry:
    return PoolEntry.objects.select_related("profile").get()


def named(bits: int, names: dict[str, int]) -> set[str]:
    return {name for name, bit in names.items() if bits & bit}


@pytest.mark.parametrize(
    ("candidate", "language", "width", "script"),
    [
        (AMARAS, "en", DESK, True),
        (AMARAS, "fr", PHONE, False),
        (BENS, "en", PHONE, False),
        (BENS, "fr", DESK, True),
        (FATOUS, "en", DESK, False),
        (FATOUS, "fr", PHONE, True),
    ],
    ids=["graduate-en", "graduate-fr", "tradesperson-en", "tradesperson-fr", "nurse-en", "nurse-fr"],
)
def test_a_candidate_builds_understands_and_keeps_a_profile(
    page: Any, live_server: Any, candidate: Candidate, language: str
) -> None:
    journey = CandidateJourney(page, live_server.url, candidate, language)
    come_in(page, live_server.url, journey.account)

    journey.begin()
    journey.build()
    journey.check_and_sign(sum(candidate.points))
    sent, number = entry(), entry().profile.number
    assert (sent.state, sent.score) == (ProfileState.IN_POOL, sum(candidate.points))
    assert named(sent.programs, PROGRAM_BITS) == candidate.programs
    assert named(sent.categories, CATEGORY_BITS) == candidate.categories
    assert number in journey.main
    assert sent.profile.validation_code in journey.main

    journey.link("/score/")
    assert str(sent.score) in journey.main
    assert all(journey.open_lines(3))
    journey.link("/changes/")
    assert page.locator("main ol.dated > li").count()
    journey.link("/score/")
    journey.link("/what-if/")
    journey.try_out()
    lead = re.sub(r"(?<=\d)[,\s](?=\d)", "", page.locator("main .lead").inner_text())
    assert str(sent.score + candidate.trial.gain) in lead
    assert any("Plan B" in head for head in journey.compare())

    journey.page.goto(f"{live_server.url}/{language}/account/profiles/{number}/")
    journey.arrive()
    journey.update()
    assert entry().score == candidate.updated
    assert entry().submitted_at == sent.submitted_at
    assert Submission.objects.count() == 2

    assert assess(facts.parse(journey.export()), clock.today()).total == candidate.updated
