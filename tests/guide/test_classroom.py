"""The class room: the people to sign in as, where they are shown, and that the exercises tell what is so."""

import re
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from guide import demo_figures
from guide.classroom import LOOK_AT, samples
from guide.files import LANGUAGES, listed
from lifecycle.tables import ProfileState
from profiles.facts import Answers, facts_of
from profiles.models import PoolEntry
from rules.assessment import assess
from simulation import demo_people
from simulation.demo_accounts import PASSPHRASE, STAGES, make_accounts
from tests.factories import AT
from tests.personas import alone, assessed_as, credential, job, language_test
from tests.profiles.reading import words_of

USERNAMES = [stage.username for stage in STAGES]
ON = date(2026, 11, 23)
IN_CODE = re.compile(r"`([a-z]+)`")


def programs_of(told: Answers) -> set[str]:
    return {code for code, verdict in assess(facts_of(told, ON), ON).programs.items() if verdict.eligible}


def test_each_account_of_the_demo_has_its_line_and_nobody_else() -> None:
    assert list(LOOK_AT) == USERNAMES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_exercises_sign_in_as_people_of_the_demo(language: str) -> None:
    exercises = listed("exercises", language)
    assert len(exercises) >= 8
    for one in exercises:
        assert set(one.front.accounts) <= set(USERNAMES), one.key
        assert 10 <= one.front.minutes <= 60, one.key
        named = {word for word in IN_CODE.findall(one.text) if word in USERNAMES}
        assert named == set(one.front.accounts), one.key
    twin = listed("exercises", "en")
    assert [(one.front.minutes, one.front.accounts) for one in exercises] == [
        (one.front.minutes, one.front.accounts) for one in twin
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_exercise_has_an_aim_steps_what_to_look_for_and_answers(language: str) -> None:
    for one in listed("exercises", language):
        assert {"aim", "steps", "look-for", "questions"} <= set(re.findall(r"\{#([a-z-]+)\}", one.text))
        assert one.text.count("::: more ") >= 4, one.key


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_class_room_shows_where_each_stands_now(client: Client, language: str) -> None:
    make_accounts(at=AT)
    answer = client.get(f"/{language}/class/")
    page = words_of(answer)
    assert all(username in page for username in USERNAMES)
    assert f"/{language}/demo/accounts/" in answer.content.decode()
    told = {one.username: one for one in samples(listed("exercises", language), AT)}
    assert list(told) == USERNAMES
    assert told["candidate"].score == PoolEntry.objects.get(profile__account__username="candidate").score
    assert str(told["refused"].stands.word) == str(ProfileState.INELIGIBLE.label)
    assert str(told["invited"].stands.word) == str(ProfileState.INVITED.label)
    assert told["newcomer"].score is None
    assert [one.slug for one in told["senior"].exercises] == ["hold-a-round"]


@pytest.mark.django_db
def test_after_the_drafts_time_is_over_the_table_says_so() -> None:
    make_accounts(at=AT)
    later = AT.replace(year=AT.year + 1)
    stands = {one.username: str(one.stands.word) for one in samples([], later)}
    assert stands["drafting"] == "The unfinished profile has lapsed"
    assert stands["candidate"] == str(ProfileState.EXPIRED.label)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "says"), [("class/", "./run"), ("class/read-a-score/", "How to start a demo")]
)
def test_where_it_is_no_demo_nobody_is_shown_and_the_page_says_how_to_start_one(
    client: Client, settings: Any, path: str, says: str
) -> None:
    make_accounts(at=AT)
    settings.DEMO = False
    answer = client.get(f"/en/{path}")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "/en/demo/accounts/" not in html
    assert PASSPHRASE not in html
    assert says in words_of(answer)


@pytest.mark.django_db
def test_a_demo_without_its_accounts_says_how_they_are_made(client: Client) -> None:
    page = words_of(client.get("/en/class/"))
    assert "./run manage make_demo" in page
    assert not User.objects.exists()


def test_the_answers_on_the_candidate_are_the_demos_own() -> None:
    told = demo_people.software_engineer(ON)
    plain = assess(facts_of(told, ON), ON)
    assert demo_figures.score(ON) == plain.total
    assert demo_figures.score(ON, writing=7.5) > plain.total
    assert plain.sections["transferability"] == 100
    assert demo_figures.gain(ON, speaking=6.5) > 50
    assert plain.sections["spouse"] == plain.sections["additional"] == 0


def test_the_refused_cook_lacks_only_one_level_of_language_for_the_canadian_experience_class() -> None:
    told = demo_people.cook(ON)
    verdict = assess(facts_of(told, ON), ON).programs
    assert not any(one.eligible for one in verdict.values())
    test = {**told["language_tests"][0], "scores": dict.fromkeys(demo_scores(told), 5)}
    assert programs_of({**told, "language_tests": [test]}) == {"CEC"}


def demo_scores(told: Answers) -> dict[str, float]:
    scores: dict[str, float] = told["language_tests"][0]["scores"]
    return scores


@pytest.mark.parametrize(
    ("told", "meets"),
    [
        (
            alone(
                ON, 30.4, intended_province="ON", settlement_funds_cad=20_000,
                education=[credential(ON, "three_year", "MA", 12, 8, eca=assessed_as(ON, "three_year"))],
                language_tests=[language_test(ON, "ielts_general", 8, 7, 7, 7)],
                work=[job(ON, "21232", "MA", 4.4, None)], primary_occupation_noc="21232",
            ),
            {"FSW"},
        ),
        (
            alone(
                ON, 27.4, intended_province="ON", settlement_funds_cad=2_000,
                education=[credential(ON, "secondary", "PL", 13, 9)],
                language_tests=[language_test(ON, "ielts_general", 5.5, 5, 5, 5.5)],
                work=[job(ON, "63200", "CA", 2.4, None)], primary_occupation_noc="63200",
            ),
            {"CEC"},
        ),
        (
            alone(
                ON, 38.4, intended_province="ON", settlement_funds_cad=30_000,
                education=[credential(ON, "three_year", "CM", 18, 14, eca=assessed_as(ON, "three_year"))],
                language_tests=[language_test(ON, "ielts_general", 8, 7, 7, 7)],
                work=[job(ON, "64100", "CM", 9.4, None)], primary_occupation_noc="64100",
            ),
            set(),
        ),
    ],
    ids=["Nadia", "Marek", "Odile"],
)  # fmt: skip
def test_the_three_invented_people_meet_what_their_exercise_says(told: Answers, meets: set[str]) -> None:
    assert programs_of(told) == meets


def test_the_replayed_round_is_the_one_that_the_report_has() -> None:
    report = (project.BASE_DIR / "docs" / "replay.md").read_text(encoding="utf-8")
    assert re.search(r"^\| #272 \| 2023-12-06 \| general \| 4750 \| 561 \| 561 \|", report, re.MULTILINE)


@pytest.mark.django_db
def test_the_accounts_can_be_made_by_the_command_that_the_page_names(client: Client) -> None:
    call_command("make_demo", "--pool", "50", stdout=StringIO())
    assert "candidate" in words_of(client.get("/en/class/"))
