"""``travel``: the portal's clock goes forwards for everybody, and never back."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lifecycle import clock
from simulation.management.commands.travel import with_steps_back_last
from simulation.travelling import UnreadableStep, step, step_to
from tests.conftest import INSTANT


def travel(*arguments: str) -> str:
    out = StringIO()
    call_command("travel", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("61d", timedelta(days=61)),
        ("12h", timedelta(hours=12)),
        ("2w", timedelta(days=14)),
        ("1y", timedelta(days=365)),
        (" 3D ", timedelta(days=3)),
        ("-5d", timedelta(days=-5)),
    ],
)
def test_a_step_is_read_as_people_write_it(text: str, expected: timedelta) -> None:
    assert step(text, INSTANT) == expected


def test_a_year_over_a_leap_day_leads_to_the_anniversary() -> None:
    assert step("1y", datetime(2027, 6, 1, 9, tzinfo=UTC)) == timedelta(days=366)


@pytest.mark.parametrize("text", ["", "61", "d", "61 days", "1.5d", "6m", "٣d", "99999999d"])
def test_what_is_no_step_is_refused(text: str) -> None:
    with pytest.raises(UnreadableStep):
        step(text, INSTANT)


@pytest.mark.parametrize("text", ["", "tomorrow", "2027-02-30", "01/02/2027"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(UnreadableStep):
        step_to(text, INSTANT)


@pytest.mark.django_db
def test_the_clock_moves_by_the_step_and_both_instants_are_told() -> None:
    told = travel("61d")
    assert clock.now() == INSTANT + timedelta(days=61)
    assert "2026-09-24 09:12:40" in told
    assert "2026-11-24 09:12:40" in told


@pytest.mark.django_db
def test_steps_add_up() -> None:
    travel("1d")
    travel("12h")
    assert clock.now() == INSTANT + timedelta(hours=36)


@pytest.mark.django_db
def test_a_day_is_reached_at_its_first_instant() -> None:
    travel("--to", "2027-01-01")
    assert clock.now() == datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [["--to", "2026-09-24"], ["0d"], ["900000w"], ["--to", "2100-01-01"]])
def test_back_nowhere_and_too_far_are_refused_with_the_reason(arguments: list[str]) -> None:
    with pytest.raises(CommandError, match="forwards only"):
        travel(*arguments)
    assert clock.now() == INSTANT


@pytest.mark.django_db
def test_a_step_back_is_refused_with_the_reason() -> None:
    with pytest.raises(CommandError, match="forwards only"):
        travel("--", "-61d")


def test_a_step_back_on_the_command_line_is_not_taken_for_an_option() -> None:
    words = ["manage.py", "travel", "-61d", "--no-color"]
    assert with_steps_back_last(words) == ["manage.py", "travel", "--no-color", "--", "-61d"]
    assert with_steps_back_last(["manage.py", "travel", "61d"]) == ["manage.py", "travel", "61d"]
