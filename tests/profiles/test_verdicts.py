"""The verdict before sending: for whatever fails, which answer, which rule, and what would change it."""

from typing import Any

import pytest

from profiles.facts import facts_of
from profiles.verdicts import outcome_of
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA, EMEKA, EVERYBODY, Answers

ON = AT.date()
DIFFERENCES: tuple[dict[str, Any], ...] = (
    {},
    {"intended_province": "QC"},
    {"work": []},
    {"language_tests": []},
    {"education": []},
    {"settlement_funds_cad": 0},
    {"certificate_of_qualification": None},
    {"primary_occupation_noc": None},
)
EVERY_REASON = {
    ("CEC", "intends_quebec"),
    ("CEC", "work_insufficient"),
    ("CEC", "language_below_minimum"),
    ("FSW", "intends_quebec"),
    ("FSW", "work_insufficient"),
    ("FSW", "language_below_minimum"),
    ("FSW", "education_missing"),
    ("FSW", "funds_insufficient"),
    ("FSW", "points_below_pass_mark"),
    ("FST", "intends_quebec"),
    ("FST", "not_a_trade_occupation"),
    ("FST", "work_insufficient"),
    ("FST", "language_below_minimum"),
    ("FST", "no_offer_or_certificate"),
    ("FST", "funds_insufficient"),
}


def everything_that_fails() -> list[Any]:
    told = [(persona, more) for persona in EVERYBODY for more in DIFFERENCES]
    outcomes = [
        outcome_of(facts_of({**persona.answers(ON), **more}, ON), ON, changeable=True)
        for persona, more in told
    ]
    return [reason for outcome in outcomes for program in outcome.programs for reason in program.reasons]


def test_every_reason_of_every_program_names_the_answer_the_rule_and_what_would_change_it() -> None:
    reasons = everything_that_fails()
    assert {(reason.program, reason.code) for reason in reasons} == EVERY_REASON
    for reason in reasons:
        assert all((reason.title, reason.answer, reason.rule, reason.change, reason.source)), reason


def test_every_reason_leads_to_where_its_answer_is_given() -> None:
    for reason in everything_that_fails():
        # The grid's points come from several pages: each of its rows names its own answer.
        assert bool(reason.answer_url) == (reason.code != "points_below_pass_mark"), reason


@pytest.mark.parametrize(
    ("answers", "code", "slug"),
    [
        (AMARA.answers(ON) | {"intended_province": "QC"}, "intends_quebec", "plans"),
        (EMEKA.answers(ON), "funds_insufficient", "plans"),
        (BEN.answers(ON) | {"language_tests": []}, "language_below_minimum", "languages"),
        (DIVYA.answers(ON), "no_offer_or_certificate", "certificate"),
    ],
)
def test_a_reason_leads_to_the_page_of_its_answer(answers: Answers, code: str, slug: str) -> None:
    outcome = outcome_of(facts_of(answers, ON), ON, changeable=True)
    found = [reason for program in outcome.programs for reason in program.reasons if reason.code == code]
    assert {reason.answer_url for reason in found} == {f"/en/account/draft/{slug}/"}
