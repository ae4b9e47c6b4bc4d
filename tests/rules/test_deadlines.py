"""Deadlines: the start, the last instant before, the instant itself."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from rules import deadlines, parameters

SECOND = timedelta(seconds=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("issued", "deadline"),
    [
        ("2015-01-31T12:00:00", "2015-04-01T12:00:00"),
        ("2016-11-18T23:59:59", "2017-01-17T23:59:59"),
        ("2016-11-19T00:00:00", "2017-02-17T00:00:00"),
        ("2018-06-25T23:59:59", "2018-09-23T23:59:59"),
        ("2018-06-26T00:00:00", "2018-08-25T00:00:00"),
        ("2024-01-01T09:30:00", "2024-03-01T09:30:00"),
        ("2026-03-08T06:59:59", "2026-05-07T06:59:59"),
        ("2026-11-01T05:59:59", "2026-12-31T05:59:59"),
        ("2026-12-31T23:59:59", "2027-03-01T23:59:59"),
    ],
)
def test_an_invitation_lasts_the_days_in_force_when_it_was_issued(issued: str, deadline: str) -> None:
    assert deadlines.invitation_deadline(at(issued)) == at(deadline)


@pytest.mark.parametrize("start", ["2026-01-01T00:00:00", "2026-03-08T07:00:00", "2028-02-29T12:34:56"])
def test_drafts_and_codes_last_sixty_times_twenty_four_hours(start: str) -> None:
    assert deadlines.draft_deadline(at(start)) - at(start) == timedelta(hours=60 * 24)
    assert deadlines.code_deadline(at(start)) - at(start) == timedelta(hours=60 * 24)


@pytest.mark.parametrize(
    ("submitted", "deadline"),
    [
        ("2025-10-01T00:00:00", "2026-10-01T00:00:00"),
        ("2025-10-01T23:59:59", "2026-10-01T00:00:00"),
        ("2024-02-28T12:00:00", "2025-02-28T00:00:00"),
        ("2024-02-29T12:00:00", "2025-03-01T00:00:00"),
        ("2027-02-28T12:00:00", "2028-02-28T00:00:00"),
        ("2025-12-31T23:59:59", "2026-12-31T00:00:00"),
    ],
)
def test_a_profile_leaves_the_pool_on_its_anniversary_at_midnight(submitted: str, deadline: str) -> None:
    assert deadlines.profile_deadline(at(submitted)) == at(deadline)


def test_the_day_of_submission_is_the_day_in_utc() -> None:
    in_kiribati = datetime(2026, 1, 1, 10, tzinfo=timezone(timedelta(hours=14)))
    assert deadlines.profile_deadline(in_kiribati) == at("2026-12-31T00:00:00")


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        ("2024-02-29", 1, "2025-03-01"),
        ("2024-02-29", 4, "2028-02-29"),
        ("2024-02-29", -1, "2023-03-01"),
        ("2024-02-28", 1, "2025-02-28"),
        ("2025-03-01", -1, "2024-03-01"),
        ("2025-12-31", 1, "2026-12-31"),
        ("9999-01-01", 1, "9999-12-31"),
        ("0001-05-05", -1, "0001-01-01"),
    ],
)
def test_an_anniversary_is_the_same_day_and_29_february_becomes_1_march(
    day: str, years: int, then: str
) -> None:
    assert deadlines.anniversary(date.fromisoformat(day), years) == date.fromisoformat(then)


def test_a_test_expires_on_its_second_anniversary_and_an_assessment_on_its_fifth() -> None:
    assert deadlines.test_expiry(date(2024, 2, 29)) == date(2026, 3, 1)
    assert deadlines.eca_expiry(date(2024, 2, 29)) == date(2029, 3, 1)


@pytest.mark.parametrize(
    ("on", "deadline"),
    [
        ("2022-06-09", "2022-06-27"),
        ("2023-04-25", None),
        ("2024-05-28", None),
        ("2025-07-07", "2025-07-28"),
        ("2026-03-01", "2025-07-28"),
    ],
)
def test_a_funds_table_has_a_deadline_for_updates_only_after_its_first_day(
    on: str, deadline: str | None
) -> None:
    expected = date.fromisoformat(deadline) if deadline else None
    assert deadlines.funds_update_deadline(parameters.on(date.fromisoformat(on))) == expected
