"""``manage.py score`` takes the lines of ``export_pool`` as they are, and lines of profiles as ever."""

import json
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import call_command

from eligibility.scoring import Options, score
from simulation.exporting import pool_lines
from tests.conftest import INSTANT
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA

ON = AT.date()


def scored(*lines: str) -> list[dict[str, Any]]:
    sink = BytesIO()
    score(BytesIO("\n".join(lines).encode()), sink, Options())
    return [json.loads(line) for line in sink.getvalue().splitlines()]


def as_line(**keys: Any) -> str:
    return json.dumps(keys)


@pytest.mark.django_db
def test_scoring_an_export_gives_the_scores_of_the_pool_in_order(settings: Any) -> None:
    settings.DEMO = False
    call_command("make_demo", "--pool", "120", stdout=StringIO())
    lines = list(pool_lines(at=INSTANT))
    assert len(lines) == 120
    assert [result["crs"]["total"] for result in scored(*lines)] == [
        json.loads(line)["score"] for line in lines
    ]


def test_a_profile_in_an_envelope_scores_as_the_profile_alone() -> None:
    profile = DIVYA.document(ON)
    alone, enveloped = scored(json.dumps(profile), as_line(profile=profile, score=1, profile_number="E1"))
    assert alone == enveloped


def test_both_kinds_of_lines_may_be_mixed_and_keep_their_order() -> None:
    lines = [
        json.dumps(AMARA.document(ON)),
        as_line(profile=BEN.document(ON)),
        json.dumps(DIVYA.document(ON)),
    ]
    separately = [scored(line)[0] for line in lines]
    assert scored(*lines) == separately


def test_an_error_in_an_envelope_names_the_place_within_the_line() -> None:
    profile = AMARA.document(ON)
    profile["language_tests"][0]["scores"]["reading"] = "7"
    (result,) = scored(as_line(profile=profile, score=400))
    assert result["error"]["line"] == 1
    assert result["error"]["path"] == "profile.language_tests[0].scores.reading"


@pytest.mark.parametrize(
    "line",
    [
        as_line(profile=5),
        as_line(profile=None, score=3),
        as_line(profile=AMARA.document(ON), account="somebody"),
        json.dumps(AMARA.document(ON) | {"profile": AMARA.document(ON)}),
    ],
)
def test_what_is_neither_a_profile_nor_an_envelope_is_refused(line: str) -> None:
    (result,) = scored(line)
    assert result["error"]["path"] == "profile"
