"""A profile as a file: what the forms save is what the file holds, what the rules score, and what comes back in."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from profiles.errors import NotAProfile
from profiles.facts import facts_of, with_claim
from profiles.models import Draft
from profiles.portable import exported, import_answers, read_file
from rules import facts
from rules.assessment import assess
from simulation.population.pool import Recipe, make
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA, EMEKA, Persona

ON = AT.date()
POOL = Recipe(seed=47, as_of=ON, size=1_000)
PERSONAS = (AMARA, BEN, DIVYA, EMEKA)


def told(answers: dict[str, Any]) -> dict[str, Any]:
    """Return answers without a partner that nobody has, which no page asks about."""
    return {key: value for key, value in answers.items() if (key, value) != ("spouse", None)}


def content(answers: dict[str, Any], on: date = ON, **options: bool) -> bytes:
    return json.dumps(exported(answers, on, **options)).encode()


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.username)
def test_a_file_brings_back_the_same_draft(persona: Persona) -> None:
    found = import_answers(read_file(content(persona.answers(ON))), ON)
    assert (found.refusals, found.answers) == ([], told(persona.answers(ON)))


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.username)
def test_a_file_of_facts_holds_no_name_and_scores_the_same(persona: Persona) -> None:
    whole, bare = content(persona.answers(ON)), content(persona.answers(ON), facts_only=True)
    assert persona.family_name not in bare.decode()
    scores = [assess(facts.parse(json.loads(file))).to_json() for file in (whole, bare)]
    assert scores[0] == scores[1] == assess(facts_of(persona.answers(ON), ON)).to_json()


def as_saved(document: dict[str, Any], personal: dict[str, Any]) -> dict[str, Any]:
    """Return what a draft holds after somebody typed a candidate's facts on its pages."""
    answers = {key: value for key, value in document.items() if key != "as_of"} | personal
    saved = import_answers(with_claim(answers), ON)
    assert saved.refusals == []
    return saved.answers


@pytest.mark.parametrize("count", [40, pytest.param(1_000, marks=pytest.mark.slow)])
def test_what_the_forms_save_scores_in_the_file_as_on_the_pages_and_comes_back_the_same(count: int) -> None:
    identity = {"identity": AMARA.answers(ON)["identity"]}
    for candidate in make(POOL, range(count)):
        facts_sent = json.loads(candidate.versions[-1].facts)
        answers = as_saved(facts_sent, identity)
        file = content(answers)
        on_the_page = assess(facts_of(answers, ON))
        assert assess(facts.parse(json.loads(file))).to_json() == on_the_page.to_json()
        assert import_answers(read_file(file), ON).answers == answers
        unnominated = {**facts_sent, "as_of": str(ON), "provincial_nomination": None}
        assert on_the_page.total == assess(facts.parse(unnominated)).total


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"", "The line is empty"),
        (b"\xff\xfe", "not UTF-8"),
        (b"{", "not JSON"),
        (b"[]", "object"),
        (b'{"family_size": 0}', "family_size"),
        (b'{"work": "much"}', "work"),
        (b'{"work": [{"noc": "99999"}]}', r"work\[0\]"),
        (b'{"state": "in_pool"}', "state"),
        (b'{"spouse": {"accompanying": "yes"}, "marital_status": "married"}', "spouse.accompanying"),
        (b'{"portal": "x"}', "portal"),
        (b"[" * 5_000, "deep"),
        (b" " * 600_000, "512 kB"),
    ],
)
def test_a_file_that_is_no_profile_is_refused_with_the_place(file: bytes, said: str) -> None:
    with pytest.raises(NotAProfile, match=said):
        import_answers(read_file(file), ON)


@pytest.mark.parametrize("odd", [1, "x", ["x"], {"x": {"x": []}}, None, True, "\u0000", -1e300])
@pytest.mark.parametrize("key", ["identity", "contact", "representative", "plans", "practice", "nomination"])
def test_odd_things_in_the_personal_part_end_in_no_error(key: str, odd: object) -> None:
    document = {**exported(AMARA.answers(ON), ON)}
    document["portal"] = {**document["portal"], key: odd}
    try:
        found = import_answers(read_file(json.dumps(document).encode()), ON)
    except NotAProfile:
        return
    assert all(refusal.message for refusal in found.refusals)


@pytest.mark.django_db
def test_a_draft_goes_out_as_a_file_and_another_account_begins_from_it(client: Client) -> None:
    draft = factories.draft(AMARA)
    client.force_login(draft.account)
    out = client.get(reverse("profiles:draft_export"))
    assert "attachment" in out["Content-Disposition"]
    other = factories.account(BEN)
    client.force_login(other)
    answer = client.post(
        reverse("profiles:import"), {"file": SimpleUploadedFile("profile.json", out.content)}
    )
    assert answer["Location"] == reverse("profiles:tasks")
    assert Draft.objects.get(account=other).answers == told(draft.answers)


@pytest.mark.django_db
def test_a_file_with_a_wrong_answer_is_told_by_page_and_field_and_changes_nothing(client: Client) -> None:
    account = factories.account(AMARA)
    client.force_login(account)
    document = exported(AMARA.answers(ON), ON)
    document["work"][0]["start_date"] = "2030-01-01"
    document["work"][0]["end_date"] = None
    page = client.post(
        reverse("profiles:import"),
        {"file": SimpleUploadedFile("profile.json", json.dumps(document).encode())},
    ).content.decode()
    assert "The file was not taken over" in page
    assert "Job 1" in page
    assert not Draft.objects.filter(account=account).exists()


@pytest.mark.django_db
def test_a_file_takes_nothing_over_while_a_draft_is_open(client: Client) -> None:
    draft = factories.draft(AMARA)
    client.force_login(draft.account)
    file = SimpleUploadedFile("profile.json", content(BEN.answers(ON)))
    assert (
        "You have a draft in progress"
        in client.post(reverse("profiles:import"), {"file": file}).content.decode()
    )
    draft.refresh_from_db()
    assert draft.answers["identity"]["family_name"] == AMARA.family_name
