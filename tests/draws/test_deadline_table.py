"""Sixty deadlines, each a second before, at the instant, and a second after: page, message and server say the same.

Bar 11. The starts are plain days, the hours in which clocks go forward and back in Toronto, 28 and 29 February,
31 December, and days on which it is another day for a candidate in UTC+14 and in UTC-12. The ends were worked out by
hand, without the code that is tested.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone, translation

from accounts.models import Message
from draws import answers
from eligibility.wording import sections
from lifecycle.errors import DomainError
from profiles import ageing, nominating
from profiles import services as profiles
from profiles.models import Nomination, Profile
from rules.assessment import assess
from rules.explanation import explain
from rules.ranking import LINES
from tests import factories
from tests.draws.pages import text_in, text_of
from tests.personas import AMARA
from tests.profiles.test_nominating import ONTARIO, staff
from tests.rules.profiles import TESTED, amara

ENDS = """
draft      2026-09-24T09:12:40+00:00  2026-11-23T09:12:40
draft      2026-03-08T02:59:59-05:00  2026-05-07T07:59:59
draft      2026-11-01T01:59:59-04:00  2026-12-31T05:59:59
draft      2026-01-07T07:00:00+00:00  2026-03-08T07:00:00
draft      2027-02-28T12:00:00+00:00  2027-04-29T12:00:00
draft      2028-02-29T23:59:59+00:00  2028-04-29T23:59:59
draft      2026-12-31T23:59:59+00:00  2027-03-01T23:59:59
draft      2027-01-01T10:00:00+14:00  2027-03-01T20:00:00
draft      2026-12-31T20:00:00-12:00  2027-03-02T08:00:00
draft      2026-10-02T05:30:00+00:00  2026-12-01T05:30:00
invitation 2026-09-24T09:12:40+00:00  2026-11-23T09:12:40
invitation 2026-03-08T02:59:59-05:00  2026-05-07T07:59:59
invitation 2026-11-01T01:59:59-04:00  2026-12-31T05:59:59
invitation 2026-01-07T07:00:00+00:00  2026-03-08T07:00:00
invitation 2027-02-28T12:00:00+00:00  2027-04-29T12:00:00
invitation 2028-02-29T23:59:59+00:00  2028-04-29T23:59:59
invitation 2026-12-31T23:59:59+00:00  2027-03-01T23:59:59
invitation 2027-01-01T10:00:00+14:00  2027-03-01T20:00:00
invitation 2026-12-31T20:00:00-12:00  2027-03-02T08:00:00
invitation 2026-10-02T05:30:00+00:00  2026-12-01T05:30:00
nomination 2026-09-24T09:12:40+00:00  2026-10-24T09:12:40
nomination 2026-03-08T02:59:59-05:00  2026-04-07T07:59:59
nomination 2026-11-01T01:59:59-04:00  2026-12-01T05:59:59
nomination 2026-01-07T07:00:00+00:00  2026-02-06T07:00:00
nomination 2027-02-28T12:00:00+00:00  2027-03-30T12:00:00
nomination 2028-02-29T23:59:59+00:00  2028-03-30T23:59:59
nomination 2026-12-31T23:59:59+00:00  2027-01-30T23:59:59
nomination 2027-01-01T10:00:00+14:00  2027-01-30T20:00:00
nomination 2026-12-31T20:00:00-12:00  2027-01-31T08:00:00
nomination 2026-10-02T05:30:00+00:00  2026-11-01T05:30:00
profile    2026-09-24T09:12:40+00:00  2027-09-24T00:00:00
profile    2026-03-08T02:59:59-05:00  2027-03-08T00:00:00
profile    2026-11-01T01:59:59-04:00  2027-11-01T00:00:00
profile    2026-01-07T07:00:00+00:00  2027-01-07T00:00:00
profile    2027-02-28T12:00:00+00:00  2028-02-28T00:00:00
profile    2028-02-29T23:59:59+00:00  2029-03-01T00:00:00
profile    2026-12-31T23:59:59+00:00  2027-12-31T00:00:00
profile    2027-01-01T10:00:00+14:00  2027-12-31T00:00:00
profile    2026-12-31T20:00:00-12:00  2028-01-01T00:00:00
profile    2026-10-02T05:30:00+00:00  2027-10-02T00:00:00
test       2026-09-24T09:12:40+00:00  2028-09-24T00:00:00
test       2026-03-08T02:59:59-05:00  2028-03-08T00:00:00
test       2026-11-01T01:59:59-04:00  2028-11-01T00:00:00
test       2026-01-07T07:00:00+00:00  2028-01-07T00:00:00
test       2027-02-28T12:00:00+00:00  2029-02-28T00:00:00
test       2028-02-29T23:59:59+00:00  2030-03-01T00:00:00
test       2026-12-31T23:59:59+00:00  2028-12-31T00:00:00
test       2027-01-01T10:00:00+14:00  2028-12-31T00:00:00
test       2026-12-31T20:00:00-12:00  2029-01-01T00:00:00
test       2026-10-02T05:30:00+00:00  2028-10-02T00:00:00
assessment 2026-09-24T09:12:40+00:00  2031-09-24T00:00:00
assessment 2026-03-08T02:59:59-05:00  2031-03-08T00:00:00
assessment 2026-11-01T01:59:59-04:00  2031-11-01T00:00:00
assessment 2026-01-07T07:00:00+00:00  2031-01-07T00:00:00
assessment 2027-02-28T12:00:00+00:00  2032-02-28T00:00:00
assessment 2028-02-29T23:59:59+00:00  2033-03-01T00:00:00
assessment 2026-12-31T23:59:59+00:00  2031-12-31T00:00:00
assessment 2027-01-01T10:00:00+14:00  2031-12-31T00:00:00
assessment 2026-12-31T20:00:00-12:00  2032-01-01T00:00:00
assessment 2026-10-02T05:30:00+00:00  2031-10-02T00:00:00
"""
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
ROWS = [
    (kind, datetime.fromisoformat(start), datetime.fromisoformat(end).replace(tzinfo=UTC))
    for kind, start, end in map(str.split, ENDS.strip().splitlines())
]
OF_THINGS = [row for row in ROWS if row[0] not in {"test", "assessment"}]
OF_PAPERS = [row for row in ROWS if row[0] in {"test", "assessment"}]
ELSEWHERE = (ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Etc/GMT+12"))
"""UTC+14 and UTC-12."""


@dataclass(frozen=True)
class Held:
    """A thing with a deadline: the page that tells it, the message, the last deed in time, and the job that ends it."""

    page: str
    message: str
    deed: Callable[[datetime], object]
    job: Callable[..., int]


def held(kind: str, start: datetime) -> Held:
    makers = {"draft": a_draft, "invitation": an_invitation, "nomination": a_nomination, "profile": a_profile}
    return makers[kind](start)


def a_draft(start: datetime) -> Held:
    made = factories.draft(AMARA, at=start)

    def deed(at: datetime) -> object:
        return profiles.save_answers(draft=made, changes={"family_size": 1}, at=at)

    return Held("/en/account/draft/", "draft_lapsed", deed, ageing.lapse_drafts)


def a_profile(start: datetime) -> Held:
    made = factories.profile(AMARA, at=start)

    def deed(at: datetime) -> object:
        return profiles.withdraw(profile=Profile.objects.get(pk=made.pk), at=at)

    return Held(f"/en/account/profiles/{made.number}/", "profile_in_pool", deed, ageing.expire_profiles)


def an_invitation(start: datetime) -> Held:
    made = factories.invitation(AMARA, at=start)

    def deed(at: datetime) -> object:
        return answers.decline(invitation=made, at=at)

    return Held(f"/en/account/invitations/{made.pk}/", "invitation", deed, answers.lapse_invitations)


def a_nomination(start: datetime) -> Held:
    plans = {"provinces": ["ON"], "shared_with": []}
    told = factories.profile(AMARA, at=start, plans=plans, nomination=ONTARIO)
    pair = {"number": told.number, "code": told.validation_code}
    issued_on = (start.astimezone(UTC) - DAY).date()
    made = nominating.confirm(staff=staff(), **pair, issued_on=issued_on, expires_on=None, at=start)

    def deed(at: datetime) -> object:
        return nominating.accept(nomination=Nomination.objects.get(pk=made.pk), at=at)

    page = f"/en/account/profiles/{told.number}/nomination/"
    return Held(page, "nomination_confirmed", deed, nominating.lapse_nominations)


def is_in_time(deed: Callable[[datetime], object], at: datetime) -> bool:
    """Whether the server lets the deed be done at an instant; nothing of it stays."""
    with transaction.atomic():
        done = False
        with suppress(DomainError):
            deed(at)
            done = True
        transaction.set_rollback(True)
    return done


def as_told(at: datetime) -> tuple[str, ...]:
    """The ways in which pages and messages write an instant."""
    day = f"{at.day} {at:%B %Y}"
    return (f"{day}, {at:%H:%M:%S} UTC", f"{day} at {at:%H:%M:%S} UTC", f"{day}, {at:%H:%M} UTC")


def assert_told(text: str, end: datetime) -> None:
    assert any(words in text for words in as_told(end)), (as_told(end), re.findall(r".{30}UTC", text))


@pytest.fixture(params=ELSEWHERE, ids=["UTC+14", "UTC-12"])
def _far_away(request: pytest.FixtureRequest) -> Iterator[None]:
    """The zone that a candidate's surroundings would set, if anything set one."""
    with timezone.override(request.param):
        yield


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "start", "end"), OF_THINGS, ids=str)
def test_page_message_and_server_agree_on_an_end(
    kind: str,
    start: datetime,
    end: datetime,
    client: Client,
    set_clock: Callable[[datetime], None],
) -> None:
    """Forty ends, about half a minute."""
    assert_agreed(held(kind, start), end, client, set_clock)


@pytest.mark.django_db
@pytest.mark.usefixtures("_far_away")
@pytest.mark.parametrize(("kind", "start", "end"), OF_THINGS[7::10], ids=str)
def test_ends_are_told_in_utc_to_whoever_lives_far_away(
    kind: str,
    start: datetime,
    end: datetime,
    client: Client,
    set_clock: Callable[[datetime], None],
) -> None:
    assert_agreed(held(kind, start), end, client, set_clock)


def assert_agreed(thing: Held, end: datetime, client: Client, set_clock: Callable[[datetime], None]) -> None:
    assert [is_in_time(thing.deed, end + late) for late in (-SECOND, 0 * SECOND, SECOND)] == [
        True,
        False,
        False,
    ]
    set_clock(end - SECOND)
    client.force_login(factories.account(AMARA))
    assert_told(text_of(client, thing.page), end)
    assert [thing.job(at=end - SECOND), thing.job(at=end), thing.job(at=end + SECOND)] == [0, 1, 0]
    message = Message.objects.filter(kind=thing.message).latest("pk")
    assert_told(text_of(client, f"/en/account/messages/{message.pk}/"), end)
    set_clock(end)
    assert "days left" not in text_in(client.get(thing.page))


@pytest.mark.parametrize(("kind", "start", "end"), OF_PAPERS, ids=str)
def test_a_paper_counts_to_the_day_before_its_end_and_the_page_names_that_day(
    kind: str, start: datetime, end: datetime
) -> None:
    """A language test and a credential assessment of the day, in UTC, of each start; all at 00:00 UTC of the end."""
    day = start.astimezone(UTC).date()
    line, papers = paper(kind, day)
    assert end.time() == time()
    found = [
        assess(amara(as_of=at.date().isoformat(), **papers)).lines[LINES.index(line)] > 0
        for at in (end - SECOND, end, end + SECOND)
    ]
    assert found == [True, False, False]
    eve = amara(as_of=(end - DAY).date().isoformat(), **papers)
    assert assess(eve).next_change_on == end.date()
    with translation.override("en"):
        told = {one.factor: one.text for part in sections(explain(eve, end.date())) for one in part.lines}
    assert f"expired on {end.day} {end:%B %Y}" in told[line]


def paper(kind: str, day: date) -> tuple[str, dict[str, object]]:
    """Which line of the score it counts in, and the answers that hold it."""
    if kind == "test":
        return "first_language", {"language_tests": [{**TESTED, "date_taken": day.isoformat()}]}
    assessed = {"issued_on": day.isoformat(), "equivalency": "masters"}
    degree = {"level": "masters", "country": "IN", "completion_date": "2020-01-01", "eca": assessed}
    return "education", {"education": [degree]}


def test_there_are_sixty_ends() -> None:
    assert len(ROWS) == 60
