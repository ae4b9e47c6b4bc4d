"""The project's own worked examples: one rule a time, on the day before, the day itself, the hour too few."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from rules import facts
from rules.assessment import Assessment, assess
from rules.ranking import LINES

DATA = Path(__file__).parent / "data"


def examples() -> list[Any]:
    found = []
    for path in sorted(DATA.glob("boundaries*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        found += [
            pytest.param({**document["base"], **one["change"]}, one["expect"], id=one["id"])
            for one in document["examples"]
        ]
    return found


def outcome(result: Assessment, kind: str, expected: Any) -> Any:
    """What came out of the kind of thing that an example expects, in the shape of `expected`."""
    kinds: dict[str, Any] = {
        "lines": dict(zip(LINES, result.lines, strict=True)),
        "sections": result.sections,
        "factors": result.programs["FSW"].factors,
        "reasons": {program: list(verdict.reasons) for program, verdict in result.programs.items()},
        "categories": list(result.categories),
        "next_change_on": result.next_change_on and str(result.next_change_on),
        "program_bits": result.program_bits,
    }
    came_out = kinds[kind]
    return {name: came_out[name] for name in expected} if isinstance(expected, dict) else came_out


@pytest.mark.parametrize(("document", "expect"), examples())
def test_a_worked_example_comes_out_as_worked_out_by_hand(
    document: dict[str, Any], expect: dict[str, Any]
) -> None:
    result = assess(facts.parse(document))
    for kind, expected in expect.items():
        if kind in {"has", "lacks"}:
            for program, codes in expected.items():
                given = set(codes) & set(result.programs[program].reasons)
                assert given == (set(codes) if kind == "has" else set())
        else:
            assert outcome(result, kind, expected) == expected


def test_no_two_worked_examples_share_an_id() -> None:
    ids = [example.id for example in examples()]
    assert len(ids) == len(set(ids)) > 150
