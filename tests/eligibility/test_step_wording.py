"""Every kind of step has its words: a title that names it, and what it takes."""

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings

from eligibility.wording.steps import _WORDS, step_text
from rules.facts import parse
from rules.steps import EFFORT, best_steps
from tests.personas import AMARA, DIVYA
from tests.rules.strategies import profiles

ON = date(2026, 9, 24)


def test_every_kind_of_step_has_words() -> None:
    assert set(_WORDS) == set(EFFORT)


def test_a_step_says_what_it_is_what_it_takes_and_what_it_opens() -> None:
    steps = best_steps(parse(AMARA.document(ON)), ON)
    texts = {step.kind: step_text(step) for step in reversed(steps)}
    work = texts["canadian_work"]
    assert work.title == "Reach 1 year of skilled work in Canada"
    assert work.takes.startswith("1,560 more paid hours: 52 weeks of full-time work.")
    assert work.effects == ["It opens: Canadian Experience Class."]
    assert texts["new_test"].title == "French: NCLC 9 in all four abilities"


def test_funds_are_told_with_the_family_s_size() -> None:
    step = next(step for step in best_steps(parse(DIVYA.document(ON)), ON) if step.kind == "funds")
    text = step_text(step)
    assert text.title == "Settlement funds of 15,263 CAD"
    assert text.takes == "The table asks 15,263 CAD of a family of 1 person."


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(profiles())
def test_the_words_of_every_step_are_whole(document: dict[str, Any]) -> None:
    profile = parse(document)
    told = [
        step_text(step) for step in best_steps(profile, profile.as_of, partner_birth_date=profile.birth_date)
    ]
    assert all(text.title and text.takes and "%(" not in text.title + text.takes for text in told)
