"""The task list: what is complete, begun, wrong, or still to do."""

from collections.abc import Callable
from datetime import datetime, timedelta
from html.parser import HTMLParser

import pytest
from django.test import Client

from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN
from tests.profiles.reading import filled_in, words_of
from tests.profiles.typed import typed

pytestmark = pytest.mark.django_db
TASKS = "/en/account/draft/"
DAY = timedelta(days=1)


class Tasks(HTMLParser):
    """Reads the task list: title -> status, and the notes."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "ul" and ("class", "task-list") in attrs:
            self.inside = True
        if tag == "li" and self.inside:
            self.rows.append([])

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "ul"

    def handle_data(self, data: str) -> None:
        if self.inside and self.rows and data.strip():
            self.rows[-1].append(" ".join(data.split()))


def tasks(client: Client) -> dict[str, list[str]]:
    """Return title -> status and notes of every row."""
    reader = Tasks()
    reader.feed(client.get(TASKS).content.decode())
    return {title: rest for title, *rest in reader.rows}


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    return client


def test_a_new_draft_has_sixteen_sections_that_are_not_started(amara: Client) -> None:
    factories.empty_draft(AMARA)
    found = tasks(amara)
    assert len(found) == 17
    assert found["Work history"] == ["Not started"]
    assert found["Check your answers and sign"][0] == "Cannot start yet"
    assert "0 of 16 sections are complete." in words_of(amara.get(TASKS))


def test_a_whole_draft_is_complete_and_ready(amara: Client) -> None:
    factories.draft(AMARA)
    found = tasks(amara)
    assert found["Education history"] == ["Complete", "2 credentials"]
    assert found["Job offer"] == ["Complete"]
    assert found["Check your answers and sign"] == ["Ready"]


def test_a_couple_has_the_partners_sections(client: Client) -> None:
    client.force_login(factories.account(BEN))
    factories.draft(BEN)
    assert tasks(client)["Your partner’s official languages"] == ["Complete", "1 language test"]


def test_getting_married_brings_the_partners_sections(amara: Client) -> None:
    factories.draft(AMARA, marital_status="married")
    found = tasks(amara)
    assert found["Your partner’s plans and status"] == ["Not started"]
    assert found["Check your answers and sign"][0] == "Cannot start yet"


def test_the_study_of_a_partner_who_stays_behind_is_not_needed(client: Client) -> None:
    client.force_login(factories.account(BEN))
    stays = {"accompanying": False, "canadian_citizen_or_pr": False}
    factories.draft(BEN, spouse=stays | {"details": BEN.answers(AT.date())["spouse"]["details"]})
    found = tasks(client)
    assert found["Your partner’s education history"][0] == "Not needed"
    assert found["Check your answers and sign"] == ["Ready"]


def test_a_section_that_lacks_an_answer_names_the_question(amara: Client) -> None:
    answers = AMARA.answers(AT.date())
    del answers["settlement_funds_cad"]
    factories.empty_draft(AMARA)
    amara.post(f"{TASKS}work/", typed({**answers, "work": []}, "work"))
    draft = factories.empty_draft(AMARA)
    draft.answers = answers
    draft.save()
    assert tasks(amara)["Provinces and settlement funds"] == [
        "In progress",
        "Still to answer: How much money can you bring to Canada?",
    ]


def test_after_a_code_the_provinces_are_still_to_be_named(amara: Client) -> None:
    answers = AMARA.answers(AT.date())
    del answers["plans"]
    draft = factories.empty_draft(AMARA)
    draft.answers = answers
    draft.save()
    assert tasks(amara)["Provinces and settlement funds"] == [
        "In progress",
        "Still to answer: Which provinces or territories interest you?",
    ]


def test_a_wrong_value_needs_attention_and_names_the_field_with_a_link(amara: Client) -> None:
    draft = factories.draft(AMARA)
    wrong = typed(draft.answers, "work", 1) | {"hours_per_week": "full time", "exit": "yes"}
    amara.post(f"{TASKS}work/1/", wrong)
    assert tasks(amara)["Work history"] == [
        "Needs attention",
        "Job 1, Hours per week",
        ": ‘full time’ is not a number. Enter digits, like 37.5.",
    ]
    page = amara.get(TASKS).content.decode()
    assert 'href="/en/account/draft/work/1/#id_hours_per_week"' in page
    assert "One needs another look." in page


def test_a_page_left_half_empty_is_in_progress_without_blame(amara: Client) -> None:
    factories.draft(AMARA)
    amara.post(f"{TASKS}relatives/add/", {"relationship": "sibling", "exit": "yes"})
    assert tasks(amara)["Relatives in Canada"] == ["In progress", "Begun and not finished: Relative 1"]
    page = amara.get(f"{TASKS}relatives/add/")
    assert "error" not in page.content.decode().lower()
    assert filled_in(page)["relationship"] == "sibling"


def test_a_day_that_has_begun_counts_as_a_day_left(
    amara: Client, move_clock: Callable[[datetime], None]
) -> None:
    factories.empty_draft(AMARA)
    for passed, left in ((timedelta(), "60 days"), (timedelta(seconds=1), "60 days"), (59 * DAY, "1 day")):
        move_clock(AT + passed)
        assert f"Time left {left} Send it by" in words_of(amara.get(TASKS))


def test_at_the_deadline_the_draft_has_lapsed_although_no_job_ran(
    amara: Client, move_clock: Callable[[datetime], None]
) -> None:
    factories.draft(AMARA)
    move_clock(AT + 60 * DAY)
    response = amara.get(TASKS)
    page = response.content.decode()
    assert response.status_code == 409
    assert "This draft has lapsed" in page
    assert "23 November 2026, 09:12:40 UTC" in page
    assert "Software developers and programmers" in page


def test_a_lapsed_draft_begins_again_from_its_answers(
    amara: Client, move_clock: Callable[[datetime], None]
) -> None:
    factories.draft(AMARA)
    move_clock(AT + 61 * DAY)
    response = amara.post("/en/account/start/", {"way": "earlier"}, follow=True)
    assert response.redirect_chain == [(TASKS, 302)]
    assert tasks(amara)["Check your answers and sign"] == ["Ready"]


def test_a_page_sent_after_the_deadline_changes_nothing(
    amara: Client, move_clock: Callable[[datetime], None]
) -> None:
    draft = factories.draft(AMARA)
    move_clock(AT + 60 * DAY)
    told = typed({**draft.answers, "family_size": 5}, "family")
    assert amara.post(f"{TASKS}family/", told).status_code == 409
    draft.refresh_from_db()
    assert draft.answers["family_size"] == 1


def test_without_a_draft_every_page_leads_to_the_checklist(amara: Client) -> None:
    for page in ("", "work/", "work/add/", "check/", "result/", "sign/", "discard/"):
        assert amara.get(TASKS + page).headers["Location"] == "/en/account/start/"


def test_a_discarded_draft_can_begin_another_one(amara: Client) -> None:
    factories.draft(AMARA)
    told = filled_in(amara.get(f"{TASKS}discard/"))
    assert amara.post(f"{TASKS}discard/", told).headers["Location"] == "/en/account/"
    amara.post("/en/account/start/", {"way": "earlier"})
    assert tasks(amara)["Check your answers and sign"] == ["Ready"]


def test_an_update_is_named_as_one_and_says_that_the_profile_stays(amara: Client) -> None:
    profile = factories.profile(AMARA)
    amara.post(f"/en/account/profiles/{profile.number}/update/")
    page = words_of(amara.get(TASKS))
    assert "Update your Express Entry profile" in page
    assert f"Profile {profile.number} stays as it is until you send the update." in page
