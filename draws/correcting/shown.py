"""A correction as the officers' pages show it. Changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.telling.provinces import PROVINCES
from draws.correcting.returning import states_to_come
from draws.models import Invitation, InvitedAs, PlannedCorrection, Round, RoundCorrection
from draws.officers.desk import Logged
from lifecycle.models import Transition
from lifecycle.tables import CORRECTION, CorrectionState, InvitationState, ProfileState
from lifecycle.words import event_word

INVITATIONS_A_PAGE = 25
STATUS = {
    CorrectionState.PREPARED: "part",
    CorrectionState.CONFIRMED: "live",
    CorrectionState.DONE: "done",
    CorrectionState.DROPPED: "todo",
}
CHOSEN_BY = {
    "all": _("All invitations of the round that were still open"),
    "numbers": _("A list of profile numbers"),
    "criterion": _("A criterion"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One invitation of a correction: its state now, and what its profile would become or has become."""

    number: str
    invitation: Invitation
    program: str | Promise
    state: str | Promise
    becomes: str | Promise


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """A correction with one page of its list. ``forecast`` pairs the states to come with how many come to them."""

    planned: PlannedCorrection
    done: RoundCorrection | None
    count: int
    kind: str
    word: str
    how: list[str | Promise]
    settled: list[tuple[str | Promise, int]]
    forecast: list[tuple[str | Promise, int]]
    page: Page[int]
    rows: list[Row]
    log: list[Logged]


def page_of(planned: PlannedCorrection, at: datetime, page: str | None) -> CorrectionPage:
    """Return a correction as its page shows it at an instant."""
    shown = Paginator(planned.invitations, INVITATIONS_A_PAGE).get_page(page)
    waits = planned.state == CorrectionState.PREPARED
    return CorrectionPage(
        planned=planned,
        done=RoundCorrection.objects.filter(planned=planned).first(),
        count=len(planned.invitations),
        kind=STATUS[CorrectionState(planned.state)],
        word=planned.get_state_display(),
        how=how_of(planned),
        settled=_counted(planned.asked["settled"], InvitationState),
        forecast=_counted(planned.forecast, ProfileState),
        page=shown,
        rows=rows_of(list(shown.object_list), at, forecast=waits),
        log=log_of(planned),
    )


def how_of(planned: PlannedCorrection) -> list[str | Promise]:
    """Return in words how the invitations were chosen, a line a part."""
    asked = planned.asked
    parts: list[str | Promise] = [CHOSEN_BY[asked["by"]]]
    parts += [InvitedAs(code).label for code in asked["programs"]]
    parts += [_("Nominated by: %(province)s") % {"province": PROVINCES[code]} for code in asked["provinces"]]
    if asked["below"] is not None:
        parts.append(_("Score below %(score)d") % {"score": asked["below"]})
    return parts


def rows_of(invitations: Sequence[int], at: datetime, *, forecast: bool) -> list[Row]:
    """Return invitations as rows, in their order; ``forecast``: with what the profiles would become now."""
    found = Invitation.objects.select_related("profile__entry").in_bulk(invitations)
    open_ones = [pk for pk, held in found.items() if held.state_at(at) == InvitationState.ISSUED]
    coming = states_to_come(open_ones, at) if forecast else {}
    return [_row(found[pk], coming, at) for pk in invitations]


def log_of(planned: PlannedCorrection) -> list[Logged]:
    """Return what happened to a correction so far, the first move first."""
    moves = Transition.objects.filter(machine=CORRECTION.name, thing_id=planned.pk).select_related("actor")
    return [
        Logged(
            event_word(move.event, move.machine), move.at, move.actor.get_username() if move.actor else None
        )
        for move in moves.order_by("id")
    ]


def prepared_of(held: Round) -> list[PlannedCorrection]:
    """Return every correction of a round, also those that wait or were dropped, the newest first."""
    return list(PlannedCorrection.objects.filter(round=held).order_by("-pk"))


def _row(held: Invitation, coming: dict[int, ProfileState], at: datetime) -> Row:
    profile = held.profile
    state = coming.get(profile.pk, ProfileState(profile.entry.state_at(at)))
    return Row(
        number=profile.number,
        invitation=held,
        program=InvitedAs(held.invited_as).label,
        state=InvitationState(held.state_at(at)).label,
        becomes=state.label,
    )


def _counted(
    counts: dict[str, int], states: type[InvitationState] | type[ProfileState]
) -> list[tuple[str | Promise, int]]:
    return [(state.label, counts[state]) for state in states if counts.get(state)]
