"""What becomes due in the next days, counted by set: one query for all kinds of things, however much there is."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    ExpressionWrapper,
    F,
    IntegerField,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Message, Subscription
from accounts.telling.subscriptions import ANSWER_WITHIN
from draws.models import Invitation, Round
from lifecycle.tables import AGEING_PROFILE, InvitationState, NominationState, RoundState
from profiles.models import Draft, Nomination, PoolEntry
from rules import deadlines

DAY = timedelta(days=1)
DAYS = 30
REACHES = (0, 1, 7, DAYS)
"""Days from now up to which is counted; 0 is what is due already."""


@dataclass(frozen=True, slots=True)
class Due:
    """One kind of thing: how many are due already, and in the next 24 hours, 7 days and 30 days.

    ``by_day`` has a number for today, without what is due already, and for each of the next 30 days.
    """

    name: Promise
    waiting: int
    day: int
    week: int
    month: int
    by_day: list[int]


class Group(NamedTuple):
    """How many things end on a day, all as far ahead: up to ``reach`` days."""

    reach: int
    on: date
    things: int


def due(*, at: datetime, real_now: datetime) -> list[Due]:
    """Return what is due, by kind. What the law dates is counted from the portal's instant, the rest from the real."""
    kinds = list(_kinds(at, real_now))
    first, *others = (_groups(number, rows, now) for number, (_name, rows, now) in enumerate(kinds))
    found: dict[int, list[Group]] = defaultdict(list)
    for number, *group in first.union(*others, all=True):
        found[number].append(Group(*group))
    return [_summed(name, found[number], now.date()) for number, (name, _rows, now) in enumerate(kinds)]


def _kinds(at: datetime, real_now: datetime) -> Iterator[tuple[Promise, QuerySet[Any], datetime]]:
    """Yield the name of each kind, its things with ``ends`` (an instant or a day), and now."""
    draft, nomination = deadlines.draft_deadline(at) - at, deadlines.nomination_deadline(at) - at
    ageing = PoolEntry.objects.filter(state__in=AGEING_PROFILE, expires_at__gt=at)
    invitations = Invitation.objects.filter(state=InvitationState.ISSUED)
    nominations = Nomination.objects.filter(state=NominationState.CONFIRMED)
    rounds = Round.objects.filter(state__in=[RoundState.PLANNED, RoundState.QUEUED])
    yield _("Rounds planned"), rounds.annotate(ends=F("planned_for")), at
    yield _("Assessments due"), ageing.annotate(ends=F("next_change_on")), at
    expiring = PoolEntry.objects.filter(state__in=AGEING_PROFILE)
    yield _("Profiles that expire"), expiring.annotate(ends=F("expires_at")), at
    yield _("Drafts that lapse"), _later(Draft.objects.open(), "started_at", draft), at
    yield _("Invitations that lapse"), invitations.annotate(ends=F("expires_at")), at
    yield _("Nominations that lapse"), _later(nominations, "confirmed_at", nomination), at
    untold = Message.objects.untold().annotate(ends=Coalesce("try_again_at", Value(real_now)))
    yield _("E-mails to send"), untold, real_now
    unconfirmed = Subscription.objects.filter(confirmed_at=None)
    yield _("Unconfirmed subscriptions to forget"), _later(unconfirmed, "asked_at", ANSWER_WITHIN), real_now


def _later(rows: QuerySet[Any], field: str, by: timedelta) -> QuerySet[Any]:
    ends = ExpressionWrapper(F(field) + Value(by), output_field=DateTimeField())
    later: QuerySet[Any] = rows.annotate(ends=ends)
    return later


def _groups(number: int, rows: QuerySet[Any], now: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    """Count the things of a kind by the day of ``ends``, and by how far ahead that is."""
    whole_days = isinstance(rows.query.annotations["ends"].output_field, DateTimeField) is False
    edges = [_edge(now + days * DAY, whole_days) for days in REACHES]
    cases = [When(ends__lte=edge, then=Value(days)) for days, edge in zip(REACHES, edges, strict=True)]
    groups: QuerySet[Any, tuple[Any, ...]] = (
        rows.filter(ends__lte=max(edges[-1], _end_of(now, whole_days)))
        .annotate(of_kind=Value(number))
        .annotate(reach=Case(*cases, default=Value(DAYS + 1), output_field=IntegerField()))
        .annotate(on=F("ends") if whole_days else TruncDate("ends", tzinfo=UTC))
        .values_list("of_kind", "reach", "on")
        .annotate(things=Count("pk"))
        .order_by()
    )
    return groups


def _edge(instant: datetime, whole_days: bool) -> datetime | date:
    return instant.date() if whole_days else instant


def _end_of(now: datetime, whole_days: bool) -> datetime | date:
    """Return the last moment of the last day that is shown."""
    last = now.date() + DAYS * DAY
    return last if whole_days else datetime.combine(last, time.max, tzinfo=UTC)


def _summed(name: Promise, groups: list[Group], today: date) -> Due:
    within = {days: sum(group.things for group in groups if 0 < group.reach <= days) for days in REACHES}
    by_day = [0] * (DAYS + 1)
    for group in groups:
        if group.reach > 0:
            by_day[(group.on - today).days] += group.things
    waiting = sum(group.things for group in groups if group.reach == 0)
    return Due(name, waiting, within[1], within[7], within[DAYS], by_day)
