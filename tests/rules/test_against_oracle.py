"""`rules` against the oracle: the worked examples, thousands of random profiles, and as many as one asks for.

`RULES_PROFILES=100000 RULES_SEED=7` sets how many random profiles the slow test compares, and which.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from rules.assessment import assess
from rules.facts import parse
from tests.rules import oracle_programs
from tests.rules.profiles import examples
from tests.rules.strategies import documents, shrinking_profiles

Json = dict[str, Any]
EXAMPLES = examples()
MANY = int(os.environ.get("RULES_PROFILES", "20000"))
SEED = int(os.environ.get("RULES_SEED", "1"))


def core(result: Json) -> Json:
    return {key: result.get(key) for key in ("crs", "programs", "categories")}


def disagree(document: Json) -> bool:
    try:
        found = core(assess(parse(document), next_change=False).to_json())
    except ValueError:
        return False
    return found != core(oracle_programs.result(document))


def smallest(document: Json, fails: Callable[[Json], bool]) -> Json:
    """The document with every entry left out that is not needed for it to fail."""
    for smaller in without_one_entry(document):
        if fails(smaller):
            return smallest(smaller, fails)
    return document


def without_one_entry(value: Any, path: tuple[Any, ...] = ()) -> Iterator[Any]:
    """The document again and again, each time without one key or one item of a list."""
    here = value
    for step in path:
        here = here[step]
    places = (
        list(here) if isinstance(here, dict) else list(range(len(here))) if isinstance(here, list) else []
    )
    for place in places:
        smaller = copy.deepcopy(value)
        inner = smaller
        for step in path:
            inner = inner[step]
        del inner[place]
        yield smaller
        yield from without_one_entry(value, (*path, place))


def assert_agreement(seed: int, count: int) -> None:
    for place, document in enumerate(documents(seed, count)):
        found = core(assess(parse(document), next_change=False).to_json())
        expected = core(oracle_programs.result(document))
        if found != expected:
            least = smallest(document, disagree)
            pytest.fail(
                f"Profile {place} of seed {seed} disagrees. Least profile: {json.dumps(least)}\n"
                f"rules:  {core(assess(parse(least), next_change=False).to_json())}\n"
                f"oracle: {core(oracle_programs.result(least))}"
            )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["id"]))
def test_the_oracle_reproduces_a_worked_example(example: Json) -> None:
    result = oracle_programs.result(example["profile"])
    assert {key: result[key] for key in example["expected"]} == example["expected"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["id"]))
def test_the_rules_agree_with_the_oracle_on_a_worked_example_on_other_days(example: Json) -> None:
    for on in (date(2016, 2, 29), date(2019, 10, 1), date(2023, 6, 1), date(2025, 3, 25), date(2027, 1, 1)):
        found = core(assess(parse(example["profile"]), on, next_change=False).to_json())
        assert found == core(oracle_programs.result(example["profile"], on))


@pytest.mark.parametrize("seed", range(1, 9))
def test_the_rules_agree_with_the_oracle_on_random_profiles(seed: int) -> None:
    assert_agreement(seed, 200)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(shrinking_profiles())
def test_the_rules_agree_with_the_oracle_on_profiles_that_can_be_made_smaller(document: Json) -> None:
    found = assess(parse(document), next_change=False).to_json()
    assert core(found) == core(oracle_programs.result(document))


@pytest.mark.slow
def test_the_rules_agree_with_the_oracle_on_very_many_random_profiles() -> None:
    assert_agreement(1000 + SEED, MANY)
