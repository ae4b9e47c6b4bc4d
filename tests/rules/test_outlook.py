"""The look-ahead of plain candidates: which day, which points, why."""

from datetime import date
from typing import Any

import pytest

from rules.facts import Profile
from rules.outlook import Change, outlook, renewed
from tests.rules.profiles import TESTED, WORKED, amara

ON, UNTIL = date(2026, 3, 1), date(2028, 3, 1)
SPOUSE: dict[str, Any] = {
    "accompanying": True,
    "canadian_citizen_or_pr": False,
    "first_official_language": "en",
    "language_tests": [TESTED],
}
DEGREE = {
    "level": "three_year",
    "country": "IN",
    "completion_date": "2020-06-30",
    "eca": {"issued_on": "2022-05-04", "equivalency": "three_year"},
}


def kinds(changes: list[Change]) -> list[tuple[date, str]]:
    """Days with the kinds of their causes, or of their notes in brackets."""
    causes = [(change.on, cause.kind) for change in changes for cause in change.causes]
    notes = [(change.on, f"({note.kind})") for change in changes for note in change.notes]
    return sorted([*causes, *notes])


def ahead(**changes: Any) -> list[Change]:
    return outlook(amara(**changes), ON, UNTIL)


def only(changes: list[Change], kind: str) -> Change:
    found = [change for change in changes if kind in {cause.kind for cause in change.causes}]
    assert len(found) == 1
    return found[0]


def test_a_candidate_of_27_with_nothing_to_lose_has_nothing_ahead() -> None:
    assert ahead() == []


def test_a_birthday_that_costs_points_is_named_with_the_age_and_both_scores() -> None:
    changes = ahead(birth_date="1997-06-15")
    assert kinds(changes) == [(date(2027, 6, 15), "birthday")]
    assert changes[0].causes[0].about == {"age": 30}
    assert (changes[0].lines, changes[0].delta) == ((("age", 110, 105),), -5)


def test_a_test_that_expires_is_named_with_the_day_it_was_taken() -> None:
    change = only(ahead(language_tests=[TESTED]), "test_expires")
    assert change.on == date(2027, 6, 1)
    assert change.causes[0].about["date_taken"] == "2025-06-01"
    assert change.after.lines[2] == 0


def test_a_test_that_expires_while_a_later_one_counts_is_noted_and_changes_nothing() -> None:
    later = {**TESTED, "date_taken": "2026-02-27"}
    changes = ahead(language_tests=[TESTED, later])
    assert kinds(changes) == [(date(2027, 6, 1), "(test_expires)"), (date(2028, 2, 27), "test_expires")]
    assert not changes[0].changed
    assert changes[0].before is changes[0].after


def test_the_spouses_test_is_told_apart_from_the_applicants() -> None:
    change = only(ahead(marital_status="married", family_size=2, spouse=SPOUSE), "test_expires")
    assert change.causes[0].about["whose"] == "spouse"
    assert "spouse_language" in {line for line, _before, _after in change.lines}


def test_an_assessment_of_a_credential_expires_after_five_years() -> None:
    change = only(ahead(education=[DEGREE]), "eca_expires")
    assert change.on == date(2027, 5, 4)
    assert change.causes[0].about["level"] == "three_year"


def test_work_that_goes_on_completes_a_year_and_reaches_the_canadian_experience_class() -> None:
    going = {**WORKED, "start_date": "2025-06-02", "end_date": None}
    change = ahead(work=[going], language_tests=[TESTED])[0]
    assert change.on == date(2026, 6, 1)
    told = [(cause.about["measure"], cause.about.get("program")) for cause in change.causes]
    assert told[:3] == [("canadian_years", None), ("program", "CEC"), ("program", "FSW")]
    assert (change.causes[0].about["before"], change.causes[0].about["after"]) == (0, 1)
    assert change.programs_gained == ("CEC",)


def test_work_that_slides_out_of_three_years_loses_the_canadian_experience_class() -> None:
    worked = {**WORKED, "start_date": "2023-12-04", "end_date": "2025-02-28"}
    changes = ahead(work=[worked], language_tests=[{**TESTED, "date_taken": "2026-02-01"}])
    lost = [change for change in changes if "CEC" in change.programs_lost]
    assert [cause.about["measure"] for cause in lost[0].causes] == ["program"]
    assert lost[0].causes[0].kind == "work_lost"


def test_a_nomination_ends_with_its_600_points_and_its_rounds() -> None:
    nominated = {"province": "ON", "issued_on": "2026-02-01", "expires_on": "2026-08-31"}
    change = only(ahead(provincial_nomination=nominated), "nomination_ends")
    assert (change.on, change.delta, change.programs_lost) == (date(2026, 9, 1), -600, ("PNP",))


def test_a_brother_who_turns_18_brings_his_points_on_the_day() -> None:
    brother = {"relationship": "sibling", "of": "applicant", "birth_date": "2009-01-31", "status": "citizen"}
    change = only(ahead(relatives_in_canada=[brother]), "relative_adult")
    assert (change.on, change.delta) == (date(2027, 1, 31), 15)


def test_two_facts_of_one_day_are_both_named_and_only_those_that_change_something() -> None:
    changes = ahead(birth_date="1997-06-01", language_tests=[TESTED])
    assert kinds(changes)[0] == (date(2027, 6, 1), "birthday")
    assert kinds(changes)[1] == (date(2027, 6, 1), "test_expires")
    unchanged = ahead(birth_date="1998-06-01", language_tests=[TESTED])
    assert "birthday" not in {kind for day, kind in kinds(unchanged) if day == date(2027, 6, 1)}


def poor(funds: int) -> Profile:
    return amara(as_of="2025-03-01", settlement_funds_cad=funds, work=[WORKED], language_tests=[TESTED])


def test_a_new_funds_table_is_named_with_both_amounts_and_its_deadline_follows() -> None:
    changes = outlook(poor(15000), date(2025, 3, 1), date(2025, 12, 31))
    table = next(change for change in changes if change.on == date(2025, 7, 7))
    assert [cause.kind for cause in table.causes] == ["funds_table"]
    about = table.causes[0].about
    assert (about["before"], about["after"], about["deadline"]) == (14690, 15263, "2025-07-28")
    assert (date(2025, 7, 28), "(funds_deadline)") in kinds(changes)


def test_who_has_enough_for_the_new_table_gets_a_note_of_it() -> None:
    changes = outlook(poor(60000), date(2025, 3, 1), date(2025, 12, 31))
    assert (date(2025, 7, 7), "(funds_table)") in kinds(changes)


def test_the_end_of_the_profile_is_noted_where_it_is_passed() -> None:
    changes = outlook(amara(), ON, UNTIL, ends_on=date(2027, 2, 1))
    assert kinds(changes) == [(date(2027, 2, 1), "(profile_expires)")]
    assert outlook(amara(), ON, UNTIL, ends_on=date(2028, 3, 2)) == []


@pytest.mark.parametrize("until", [date(2027, 6, 14), date(2027, 6, 15)])
def test_the_last_day_is_looked_at_and_no_day_after_it(until: date) -> None:
    changes = outlook(amara(birth_date="1997-06-15"), ON, until)
    assert bool(changes) == (until == date(2027, 6, 15))


def test_renewing_keeps_what_counts_and_revives_nothing() -> None:
    old = {**TESTED, "date_taken": "2023-01-10", "test": "celpip_general"}
    profile = amara(language_tests=[TESTED, old], education=[DEGREE])
    kept = renewed(profile, ON)
    assert [test.date_taken for test in kept.language_tests] == [ON, date(2023, 1, 10)]
    assert kept.education[0].eca is not None
    assert kept.education[0].eca.issued_on == ON
    assert [change.on for change in outlook(kept, ON, UNTIL)] == [UNTIL]
