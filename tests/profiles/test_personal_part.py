"""What is told beside the facts is taken out for the rules, and put back unchanged."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from profiles.facts import OWN, answers_of, facts_in, personal_in

DETAILS = st.dictionaries(st.sampled_from(("employer", "city")), st.text(max_size=5), max_size=2)


def entry(*keys: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({key: st.text(max_size=5) for key in keys}, optional={"details": DETAILS})


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "birth_date": st.just("1990-01-01"),
        "work": st.lists(entry("noc", "country"), max_size=4),
        "education": st.lists(entry("level"), max_size=3),
        "job_offer": st.none() | entry("noc"),
        "spouse": st.none()
        | st.fixed_dictionaries(
            {"accompanying": st.booleans(), "work": st.lists(entry("noc"), max_size=2)},
            optional={"details": DETAILS},
        ),
        **dict.fromkeys(OWN, DETAILS),
    },
)


@given(ANSWERS)
def test_facts_and_personal_part_together_are_the_answers(answers: dict[str, Any]) -> None:
    assert answers_of(facts_in(answers), personal_in(answers)) == answers


@given(ANSWERS)
def test_the_facts_hold_nothing_personal(answers: dict[str, Any]) -> None:
    facts = facts_in(answers)
    assert "details" not in repr(facts)
    assert not set(OWN) & set(facts)
