"""The next day of change is the first on which the result differs, found here by trying every day."""

from datetime import date, timedelta
from typing import Any

import pytest

from rules import facts
from rules.assessment import assess
from rules.facts import Profile
from tests.rules.profiles import TESTED, WORKED, amara, examples

LOOKED_AHEAD = 400


def first_difference(profile: Profile) -> date | None:
    """The first day within `LOOKED_AHEAD` days on which the result is another one."""
    now = assess(profile, next_change=False).to_json()
    for days in range(1, LOOKED_AHEAD):
        on = profile.as_of + timedelta(days=days)
        if assess(profile, on, next_change=False).to_json() != now:
            return on
    return None


def seen(profile: Profile) -> date | None:
    """What `assess` says, as far as `first_difference` looks."""
    found = assess(profile).next_change_on
    return found if found and (found - profile.as_of).days < LOOKED_AHEAD else None


@pytest.mark.parametrize("example", [pytest.param(one, id=one["id"]) for one in examples()[::3]])
def test_a_published_example_changes_first_on_the_day_that_is_said(example: dict[str, Any]) -> None:
    profile = facts.parse(example["profile"])
    assert seen(profile) == first_difference(profile)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"work": [{**WORKED, "start_date": "2025-06-02", "end_date": None}]}, id="work goes on"),
        pytest.param(
            {"work": [{**WORKED, "start_date": "2025-06-02", "end_date": "2026-06-20"}]}, id="work ends"
        ),
        pytest.param(
            {"work": [{**WORKED, "start_date": "2023-04-03", "end_date": "2024-06-30"}]},
            id="work leaves the window",
        ),
        pytest.param(
            {
                "language_tests": [TESTED],
                "work": [
                    {**WORKED, "start_date": "2025-01-06", "end_date": None, "hours_per_week": 15.6},
                    {
                        **WORKED,
                        "noc": "22220",
                        "start_date": "2025-04-07",
                        "end_date": None,
                        "hours_per_week": 20,
                    },
                ],
            },
            id="one occupation overtakes another",
        ),
        pytest.param(
            {
                "as_of": "2025-12-01",
                "work": [{**WORKED, "noc": "31301", "start_date": "2025-07-07", "end_date": None}],
            },
            id="a run for the set of 2025 grows",
        ),
        pytest.param(
            {
                "as_of": "2024-02-29",
                "work": [{**WORKED, "start_date": "2014-03-03", "end_date": "2015-03-01"}],
            },
            id="leap windows",
        ),
    ],
)
def test_an_amount_of_work_changes_the_result_on_the_day_that_is_said(changes: dict[str, Any]) -> None:
    profile = amara(**changes)
    assert first_difference(profile) is not None
    assert seen(profile) == first_difference(profile)


def test_it_can_be_left_out() -> None:
    assert assess(amara(), next_change=False).next_change_on is None


def test_it_may_lie_decades_ahead() -> None:
    assert assess(amara(birth_date="2020-06-15", settlement_funds_cad=0)).next_change_on == date(2038, 6, 15)


def test_part_time_work_for_ever_changes_with_the_leap_days() -> None:
    forever = {**WORKED, "start_date": "2005-01-01", "end_date": None, "hours_per_week": 9.97}
    profile = amara(birth_date="1960-01-01", work=[forever])
    found = assess(profile).next_change_on
    assert found is not None
    before, after = (assess(profile, found - timedelta(days=days), next_change=False) for days in (1, 0))
    assert before.programs["CEC"] != after.programs["CEC"]
