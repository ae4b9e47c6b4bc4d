"""The calendar file: strict RFC 5545, all-day events that keep their identity, and nobody's name in it."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from icalendar import Calendar, Event

from draws.candidate.calendars import calendar_of
from draws.candidate.outlooks import Dated, Day, Outlook, outlook_of
from profiles.facts import facts_of
from profiles.models import Profile
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA, Persona

pytestmark = pytest.mark.django_db
STATEMENT = re.compile(r"[A-Z-]+(;[A-Z-]+=[^:;]+)*:.*", re.DOTALL)
MOST_OCTETS = 75


def file_of(client: Client, profile: Profile) -> bytes:
    """Return the calendar file of a profile, as its owner gets it."""
    client.force_login(profile.account)
    response = client.get(f"/en/account/profiles/{profile.number}/changes.ics")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="express-entry-dates.ics"'
    return bytes(response.content)


def events(content: bytes) -> list[Event]:
    return [part for part in Calendar.from_ical(content.decode()).walk("VEVENT") if isinstance(part, Event)]


def statements(content: bytes) -> list[str]:
    """The unfolded lines of a file; raises for what RFC 5545, section 3.1, does not allow."""
    assert content.endswith(b"\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    for line in lines:
        assert line, "an empty line"
        assert len(line) <= MOST_OCTETS, line
        assert b"\n" not in line, line
        assert b"\r" not in line, line
    unfolded = content.removesuffix(b"\r\n").replace(b"\r\n ", b"").decode()
    found = unfolded.split("\r\n")
    for statement in found:
        assert STATEMENT.fullmatch(statement), statement
    return found


def made_of(*things: Dated, day: date = date(2027, 2, 28)) -> Outlook:
    facts = facts_of(AMARA.facts(AT.date()), AT.date())
    seen = outlook_of(facts, AT.date())
    return Outlook(seen.on, seen.until, 400, [Day(day, [*things], [], [], 400, 425)], seen.picture)


def test_every_day_of_the_page_is_an_all_day_event(client: Client) -> None:
    profile = factories.profile(AMARA)
    found = events(file_of(client, profile))
    facts = facts_of(AMARA.facts(AT.date()), AT.date())
    outlook = outlook_of(facts, AT.date(), ends_on=profile.entry.expires_at.date())
    assert [event.DTSTART for event in found] == [one.day for one in outlook.days for _thing in one.things]
    assert all(event.DTSTART + timedelta(days=1) == event.DTEND for event in found)
    assert all(type(event.DTSTART) is date for event in found)
    assert {event["DTSTART"].params["VALUE"] for event in found} == {"DATE"}


@pytest.mark.parametrize("person", [AMARA, BEN, DIVYA])
def test_the_file_keeps_to_the_grammar(client: Client, person: Persona) -> None:
    found = statements(file_of(client, factories.profile(person)))
    assert found[0] == "BEGIN:VCALENDAR"
    assert found[-1] == "END:VCALENDAR"
    assert found.count("VERSION:2.0") == 1
    for needed in ("UID:", "DTSTAMP:", "DTSTART;VALUE=DATE:", "SUMMARY:"):
        held = [statement for statement in found if statement.startswith(needed)]
        assert len(held) == found.count("BEGIN:VEVENT"), needed


def test_long_texts_with_marks_of_the_grammar_come_back_as_they_were() -> None:
    words = "Évaluation; tests, \\ et cœtera : «é»\n" + "é" * 200
    content = calendar_of(made_of(Dated("birthday", "", words, words)), owner=1, at=AT)
    statements(content)
    event = events(content)[0]
    assert words in str(event["DESCRIPTION"])
    assert str(event["SUMMARY"]).endswith(words)


def test_the_stamp_is_the_portals_instant_in_utc(client: Client) -> None:
    found = statements(file_of(client, factories.profile(AMARA)))
    assert {line for line in found if line.startswith("DTSTAMP")} == {"DTSTAMP:20260924T091240Z"}


def test_an_event_keeps_its_identity_and_no_two_share_one(
    client: Client, move_clock: Callable[[datetime], None]
) -> None:
    profile = factories.profile(AMARA)
    first = {str(event["UID"]): event.DTSTART for event in events(file_of(client, profile))}
    move_clock(AT + timedelta(minutes=5))
    again = {str(event["UID"]): event.DTSTART for event in events(file_of(client, profile))}
    assert first == again
    assert len(first) == len(events(file_of(client, profile)))
    other = {str(event["UID"]) for event in events(file_of(client, factories.profile(BEN)))}
    assert not other & set(first)


def test_two_events_of_one_kind_on_one_day_have_two_identities() -> None:
    thing = Dated("eca_expires", "", "", "An assessment expires")
    content = calendar_of(made_of(thing, thing), owner=1, at=AT)
    assert len({str(event["UID"]) for event in events(content)}) == 2


def test_the_points_are_told_without_the_score() -> None:
    content = calendar_of(made_of(Dated("work_gained", "", "", "More counts")), owner=1, at=AT)
    description = str(events(content)[0]["DESCRIPTION"])
    assert "The score gains 25 points." in description
    assert "425" not in content.decode()


def test_nothing_in_the_file_says_whose_it_is(client: Client) -> None:
    for person in (AMARA, BEN, DIVYA):
        profile = factories.profile(person)
        content = file_of(client, profile).replace(b"\r\n ", b"").decode()
        account = profile.account
        secrets = [
            profile.number,
            profile.validation_code,
            account.username,
            account.email,
            person.family_name,
            person.given_names,
            "IELTS",
            "You turn",
        ]
        assert [secret for secret in secrets if secret in content] == []


def test_the_file_is_made_in_utc_whatever_the_instant() -> None:
    late = datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
    content = calendar_of(made_of(Dated("birthday", "", "", "x"), day=date(2027, 1, 1)), owner=1, at=late)
    assert b"DTSTART;VALUE=DATE:20270101" in content
    assert b"DTSTAMP:20261231T235959Z" in content
