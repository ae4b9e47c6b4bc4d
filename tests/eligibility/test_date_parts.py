"""A date in three parts says which part is wrong and keeps what was typed."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils.translation import override

from eligibility.date_parts import DateParts, DatePartsField, DateProblem, read_date
from eligibility.fields import PortalForm


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


class Job(PortalForm):
    start = DatePartsField(label="Start date", earliest=date(2000, 1, 1), latest=date(2026, 9, 24))


def sent(day: str = "", month: str = "", year: str = "") -> Job:
    return Job({"start_day": day, "start_month": month, "start_year": year})


def test_three_numbers_are_a_date() -> None:
    assert read_date(("16", "8", "2021")) == date(2021, 8, 16)


def test_leading_zeros_are_taken() -> None:
    assert read_date(("06", "08", "2021")) == date(2021, 8, 6)


def test_three_blanks_are_no_date_and_no_problem() -> None:
    assert read_date(("", "", "")) is None


@pytest.mark.parametrize(
    ("typed", "parts", "words"),
    [
        (("31", "6", "2026"), ("day",), "31 June 2026 is not a day. June has 30 days."),
        (("29", "2", "2025"), ("day",), "29 February 2025 is not a day. February 2025 has 28 days."),
        (("32", "1", "2025"), ("day",), "‘32’ is not a day. Enter a number from 1 to 31."),
        (("1", "13", "2025"), ("month",), "‘13’ is not a month. Enter a number from 1 to 12."),
        (("1", "May", "2025"), ("month",), "‘May’ is not a month. Enter a number from 1 to 12."),
        (("1", "5", "94"), ("year",), "‘94’ is not a year. Enter all four digits, like 1994."),
        (("1", "5", "0000"), ("year",), "‘0000’ is not a year. Enter all four digits, like 1994."),
        (("", "5", "2025"), ("day",), "Enter the day as well."),
        (("1", "", ""), ("month", "year"), "Enter the month and the year as well."),
    ],
)
def test_what_is_wrong_names_its_part(typed: tuple[str, ...], parts: tuple[str, ...], words: str) -> None:
    problem = read_date(typed)
    assert isinstance(problem, DateProblem)
    assert (problem.parts, str(problem.message)) == (parts, words)


def test_a_leap_day_is_a_day_in_a_leap_year() -> None:
    assert read_date(("29", "2", "2024")) == date(2024, 2, 29)


def test_the_field_gives_a_date() -> None:
    form = sent("16", "8", "2021")
    assert form.is_valid()
    assert form.cleaned_data == {"start": date(2021, 8, 16)}


def test_a_missing_date_says_what_to_enter() -> None:
    assert sent().errors["start"] == ["Enter a day, a month and a year."]


def test_a_day_after_the_latest_is_refused_with_both_days() -> None:
    assert sent("25", "9", "2026").errors["start"] == [
        "25 September 2026 is too late. Enter 24 September 2026 or an earlier day."
    ]


def test_a_day_before_the_earliest_is_refused() -> None:
    assert sent("31", "12", "1999").errors["start"] == [
        "31 December 1999 is too early. Enter 1 January 2000 or a later day."
    ]


def test_the_first_of_a_month_is_an_ordinal_in_french() -> None:
    with override("fr"):
        assert "1er janvier 2000" in sent("31", "12", "1999").errors["start"][0]


def test_what_was_typed_is_shown_again_and_only_the_wrong_part_is_marked() -> None:
    drawn = str(sent("31", "junk", "2026")["start"])
    assert 'value="junk"' in drawn
    assert drawn.count('aria-invalid="true"') == 1
    assert 'value="31"' in drawn


def test_all_parts_are_marked_when_none_is_wrong_by_itself() -> None:
    assert str(sent("25", "9", "2026")["start"]).count('aria-invalid="true"') == 3


def test_a_date_from_the_document_is_shown_in_its_parts() -> None:
    drawn = str(Job(initial={"start": date(2021, 8, 16)})["start"])
    assert all(f'value="{part}"' in drawn for part in (16, 8, 2021))


def test_a_birthday_tells_the_browser_so() -> None:
    drawn = DateParts(birthday=True).render("born", None, {"id": "id_born"})
    assert 'autocomplete="bday-day"' in drawn


def test_an_unchanged_date_is_not_a_change() -> None:
    form = Job(
        {"start_day": "16", "start_month": "08", "start_year": "2021"}, initial={"start": date(2021, 8, 16)}
    )
    assert not form.has_changed()


def test_a_link_to_the_error_leads_to_the_wrong_part() -> None:
    assert DateParts().error_target("id_start", ("31", "13", "2026")) == "id_start_month"
