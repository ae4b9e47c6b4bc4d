"""The 60 worked examples that came with the facts."""

from typing import Any

import pytest

from rules import facts
from rules.assessment import assess, assess_many
from tests.rules.profiles import examples


@pytest.mark.parametrize("example", [pytest.param(one, id=one["id"]) for one in examples()])
def test_a_published_example_is_reproduced_to_the_point(example: dict[str, Any]) -> None:
    result = assess(facts.parse(example["profile"])).to_json()
    assert {key: result[key] for key in ("crs", "programs")} == example["expected"]


def test_all_sixty_examples_at_once_give_the_same() -> None:
    published = examples()
    results = assess_many([facts.parse(one["profile"]) for one in published], next_change=False)
    assert [result.total for result in results] == [one["expected"]["crs"]["total"] for one in published]
    assert len(results) == 60
