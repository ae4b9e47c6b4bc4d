"""What the blocks of the topics show: made-up people assessed by the rules, levels of tests, kinds of occupations."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from eligibility.noc_finder import SKILL_TYPES, TEER_MEANINGS
from eligibility.wording.names import ABILITY_NAMES, Text
from guide import examples
from rules import parameters
from rules.occupations import noc2021
from rules.parameters import BOOK


def couple(on: date) -> Mapping[str, Any]:
    """One couple, two ways to apply."""
    titles, (lia, davi) = examples.couple(on)
    return {
        "rows": list(zip(titles, lia.sections, davi.sections, strict=True)),
        "lia": lia,
        "davi": davi,
        "pass_mark": parameters.on(on).value("fsw.pass_mark"),
    }


def best_steps(on: date) -> Mapping[str, Any]:
    """The single steps that would gain an example most."""
    score, steps = examples.steps_of_ana(on)
    return {"score": score, "steps": steps}


def teer(on: date) -> Mapping[str, Any]:
    """The six categories, each with its number of occupations."""
    counts = Counter(occupation.teer for occupation in noc2021.values())
    skilled = parameters.on(on).value("work.skilled_teer")
    return {"rows": [(teer, words, counts[teer], teer in skilled) for teer, words in TEER_MEANINGS.items()]}


def skill_types(_on: date) -> Mapping[str, Any]:
    """What was before the six categories."""
    return {"kinds": SKILL_TYPES.values()}


def accepted_tests(on: date) -> list[Mapping[str, Any]]:
    """Return the tests that may be taken on a day; one that is not accepted yet has no scores."""
    held = (parameter.on(on).value for name, parameter in BOOK.items() if name.startswith("language."))
    return [test for test in held if test["min_scores"]]


def test_levels(on: date) -> Mapping[str, Any]:
    """The lowest scores of the level that the first program asks, and of the one at which combinations earn most."""
    rules = parameters.on(on)
    strong = rules.value("crs.transferability.tiers")["language_min_clb"]["strong"]
    tables = [
        (reached, _lowest_scores(reached, on)) for reached in (rules.value("fsw.language")["min_clb"], strong)
    ]
    return {"abilities": ABILITY_NAMES.values(), "tables": tables}


def _lowest_scores(reached: int, on: date) -> list[tuple[str, list[tuple[Text, float]]]]:
    return [
        (
            test["name"],
            [(words, test["min_scores"][ability][reached]) for ability, words in ABILITY_NAMES.items()],
        )
        for test in accepted_tests(on)
    ]
