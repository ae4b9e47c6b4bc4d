"""The verdict's page: reasons beside answers, the code, and that nobody else can read it."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import serializers
from django.test import Client

from accounts.models import Session
from accounts.signed_in.session_store import SessionStore
from eligibility import codes
from eligibility.models import Questionnaire, ReferenceCode
from eligibility.services import redeem_code
from tests.factories import AT, account
from tests.personas import AMARA, BEN, DIVYA, EMEKA, Persona

pytestmark = pytest.mark.django_db
RESULT, ANSWERS = "/en/eligibility/result/", "/en/eligibility/answers/"
Holding = Callable[..., Client]


def ask(client: Client) -> Any:
    """Ask for the verdict and return its page."""
    assert client.post(ANSWERS)["Location"] == RESULT
    return client.get(RESULT)


def shown(page: Any) -> str:
    return str(page.context["ticket"].code)


def test_looking_at_the_answers_issues_no_code(visitor: Holding) -> None:
    visitor(AMARA).get(ANSWERS)
    assert not ReferenceCode.objects.exists()


def test_the_result_waits_until_it_is_asked_for(visitor: Holding) -> None:
    assert visitor(AMARA).get(RESULT)["Location"] == ANSWERS


def test_the_code_has_two_letters_and_ten_digits_and_stands_in_groups(visitor: Holding) -> None:
    page = ask(visitor(AMARA))
    code = shown(page)
    assert codes.SHAPE.fullmatch(code)
    spans = f"<span>{code[:2]}</span><span>{code[2:7]}</span><span>{code[7:]}</span>"
    assert spans in "".join(page.content.decode().split())


def test_the_same_code_is_shown_again(visitor: Holding) -> None:
    client = visitor(AMARA)
    first = shown(ask(client))
    assert shown(client.get(RESULT)) == first
    assert shown(ask(client)) == first
    assert first in client.get(f"{RESULT}print/").content.decode().replace("</span><span>", "")


def test_neither_the_database_nor_the_session_holds_the_code(visitor: Holding) -> None:
    code = shown(ask(visitor(AMARA)))
    rows = [*Questionnaire.objects.all(), *ReferenceCode.objects.all(), *Session.objects.all()]
    dump = serializers.serialize("json", rows)
    sessions = json.dumps([SessionStore().decode(session.session_data) for session in Session.objects.all()])
    for stored in (dump, sessions):
        assert code not in stored
        assert code[2:] not in stored


def test_another_key_gives_another_code(visitor: Holding, settings: Any) -> None:
    code = shown(ask(visitor(AMARA)))
    settings.SECRET_KEY = "another key"
    assert codes.code_from(ReferenceCode.objects.get().seed) != code


def test_the_code_carries_the_answers(visitor: Holding) -> None:
    code = shown(ask(visitor(AMARA)))
    moved = redeem_code(typed=code, account_id=account(AMARA).pk, at=AT)
    assert moved.answers == AMARA.facts(AT.date())


def test_the_ticket_says_until_when_in_words(visitor: Holding) -> None:
    text = " ".join(ask(visitor(AMARA)).content.decode().split())
    assert "23 November 2026, 09:12 UTC" in text
    assert "60 days" in text


def test_a_used_code_is_not_shown_again(visitor: Holding) -> None:
    client = visitor(AMARA)
    code = shown(ask(client))
    redeem_code(typed=code, account_id=account(AMARA).pk, at=AT)
    page = client.get(RESULT)
    assert page.context["ticket"].state == "used"
    assert code[2:7] not in page.content.decode()


def test_an_expired_code_is_said_to_be_so(visitor: Holding, set_clock: Callable[[datetime], None]) -> None:
    client = visitor(AMARA)
    ask(client)
    set_clock(AT + timedelta(days=60))
    page = client.get(RESULT)
    assert page.context["ticket"].state == "expired"
    assert "expired on" in page.content.decode()


def test_a_code_is_taken_back_when_the_answers_meet_no_program_any_more(visitor: Holding) -> None:
    client = visitor(AMARA)
    ask(client)
    client.post("/en/eligibility/province/", {"intended_province": "QC"})
    page = ask(client)
    assert page.context["ticket"] is None
    assert not ReferenceCode.objects.exists()


@pytest.mark.parametrize(
    ("persona", "title"),
    [
        (AMARA, "You may be eligible for one program"),
        (BEN, "You may be eligible for 2 programs"),
        (DIVYA, "You may be eligible for one program"),
        (EMEKA, "You are not eligible for Express Entry yet"),
    ],
)
def test_the_heading_gives_the_outcome(visitor: Holding, persona: Persona, title: str) -> None:
    assert f"<h1>{title}</h1>" in ask(visitor(persona)).content.decode()


def test_programs_that_are_met_come_first(visitor: Holding) -> None:
    programs = ask(visitor(AMARA)).context["result"].programs
    assert [program.code for program in programs] == ["FSW", "CEC", "FST"]


def test_each_reason_gives_the_answer_the_rule_and_what_would_change_it(visitor: Holding) -> None:
    page = ask(visitor(AMARA))
    reasons = [reason for program in page.context["result"].programs for reason in program.reasons]
    assert [reason.code for reason in reasons] == [
        "work_insufficient",
        "not_a_trade_occupation",
        "work_insufficient",
        "no_offer_or_certificate",
    ]
    assert all(reason.answer and reason.rule and reason.change and reason.source for reason in reasons)


def test_each_reason_leads_to_the_answer_behind_it(visitor: Holding) -> None:
    page = ask(visitor(EMEKA, intended_province="QC"))
    reasons = {
        reason.code: reason.answer_url
        for program in page.context["result"].programs
        for reason in program.reasons
    }
    assert reasons == {
        "intends_quebec": "/en/eligibility/province/",
        "work_insufficient": "/en/eligibility/work/",
        "language_below_minimum": "/en/eligibility/language-tests/",
        "education_missing": "/en/eligibility/education/",
        "funds_insufficient": "/en/eligibility/funds/",
        "points_below_pass_mark": ANSWERS,
        "not_a_trade_occupation": "/en/eligibility/occupation/",
        "no_offer_or_certificate": "/en/eligibility/certificate/",
    }
    client = page.client
    assert {client.get(address).status_code for address in reasons.values()} == {200}


def test_without_work_the_trade_reason_leads_to_the_jobs(visitor: Holding) -> None:
    page = ask(visitor(EMEKA, work=[], primary_occupation_noc=None))
    trades = next(program for program in page.context["result"].programs if program.code == "FST")
    assert trades.reasons[0].answer_url == "/en/eligibility/work/"


def test_may_be_eligible_is_said_to_be_no_promise(visitor: Holding) -> None:
    assert "It is no promise." in ask(visitor(AMARA)).content.decode()


def test_the_score_is_shown_as_an_estimate_of_the_day(visitor: Holding) -> None:
    page = ask(visitor(AMARA))
    assert page.context["result"].assessment.as_of == AT.date()
    assert f"gives {page.context['result'].assessment.total} of 1,200 points" in page.content.decode()


def test_the_page_to_print_holds_answers_and_verdict_and_nothing_to_change(visitor: Holding) -> None:
    client = visitor(BEN)
    ask(client)
    text = client.get(f"{RESULT}print/").content.decode()
    assert "Electricians (except industrial and power system) (72200)" in text
    assert "Federal Skilled Trades: you may be eligible" in text
    assert ">Change<" not in text


def test_nobody_sees_the_result_of_somebody_elses_questionnaire(visitor: Holding) -> None:
    ask(visitor(AMARA))
    assert Client().get(RESULT)["Location"] == "/en/eligibility/"
