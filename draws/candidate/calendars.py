"""The dated list as a calendar file (RFC 5545): all-day events of UTC days, with nothing in it that names anybody."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.utils.translation import gettext, ngettext
from icalendar import Calendar, Event

from draws.candidate.outlooks import Dated, Day, Outlook
from eligibility.wording.names import number

NAMESPACE = UUID("6f0d3c1e-8a55-4d0e-9a43-5f3d3d1d7b52")
DOMAIN = "express-entry-simulator.invalid"


def calendar_of(outlook: Outlook, *, owner: int, at: datetime) -> bytes:
    """Return the file. An event keeps its UID as long as its day and kind stay, so that a newer file replaces it.

    ``owner`` tells the lists of two profiles apart; ``at`` is when the file was made.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Express Entry simulator//What changes when//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", gettext("Express Entry simulator: what changes when"))
    for day in outlook.days:
        for place, thing in enumerate(day.things):
            calendar.add_component(_event(day, thing, place, owner, at))
    return bytes(calendar.to_ical())


def _event(day: Day, thing: Dated, place: int, owner: int, at: datetime) -> Event:
    event = Event()
    same_kind = sum(other.kind == thing.kind for other in day.things[:place])
    event.add("uid", f"{uuid5(NAMESPACE, f'{owner}/{day.day}/{thing.kind}/{same_kind}')}@{DOMAIN}")
    event.add("dtstamp", at)
    event.add("dtstart", day.day)
    event.add("dtend", day.day + timedelta(days=1))
    event.add("summary", gettext("Express Entry simulator: %(event)s") % {"event": thing.brief})
    event.add("description", _description(day, thing))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _description(day: Day, thing: Dated) -> str:
    parts = [_points(day.delta), thing.prevents, gettext("This is a simulation, not a government service.")]
    return "\n".join(part for part in parts if part)


def _points(delta: int) -> str:
    words = {"points": number(abs(delta))}
    if delta > 0:
        return (
            ngettext("The score gains %(points)s point.", "The score gains %(points)s points.", delta) % words
        )
    if delta < 0:
        return (
            ngettext("The score loses %(points)s point.", "The score loses %(points)s points.", -delta)
            % words
        )
    return gettext("The score stays as it is.")
