"""The names of things, their states and their moves, for people who read the log."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lifecycle.tables import (
    CORRECTION,
    DRAFT,
    INVITATION,
    NOMINATION,
    PROFILE,
    RECURRING,
    ROUND,
    CorrectionState,
    DraftState,
    InvitationState,
    NominationState,
    ProfileState,
    RecurringState,
    RoundState,
)

THINGS: Mapping[str, Promise] = {
    DRAFT.name: _("Draft"),
    PROFILE.name: _("Profile"),
    ROUND.name: _("Round"),
    RECURRING.name: _("Recurring plan of rounds"),
    INVITATION.name: _("Invitation"),
    NOMINATION.name: _("Nomination"),
    CORRECTION.name: _("Correction of a round"),
}
STATES = {
    DRAFT.name: DraftState,
    PROFILE.name: ProfileState,
    ROUND.name: RoundState,
    RECURRING.name: RecurringState,
    INVITATION.name: InvitationState,
    NOMINATION.name: NominationState,
    CORRECTION.name: CorrectionState,
}
EVENTS: Mapping[str, Promise] = {
    "start": _("Started"),
    "submit": _("Submitted"),
    "lapse": _("Lapsed"),
    "discard": _("Discarded"),
    "enter": _("Entered the pool"),
    "refuse": _("Found not eligible"),
    "become_ineligible": _("Became not eligible"),
    "become_eligible": _("Became eligible"),
    "withdraw": _("Withdrawn"),
    "expire": _("Expired"),
    "invite": _("Invited"),
    "return": _("Returned to the pool"),
    "return_ineligible": _("Returned, not eligible"),
    "return_expired": _("Returned, expired"),
    "plan": _("Planned"),
    "queue": _("Started by an officer or by its time"),
    "cancel": _("Cancelled"),
    "complete": _("Completed"),
    "publish": _("Published"),
    "set_up": _("Set up"),
    "pause": _("Paused"),
    "resume": _("Resumed"),
    "end": _("Ended"),
    "issue": _("Issued"),
    "decline": _("Declined"),
    "rescind": _("Withdrawn by the officers"),
    "tell": _("Told by the candidate"),
    "confirm": _("Confirmed by the province"),
    "accept": _("Accepted"),
    "drop": _("No longer stated"),
    "prepare": _("Prepared"),
    "carry_out": _("Carried out"),
}
OF_ONE_THING: Mapping[tuple[str, str], Promise] = {
    (NOMINATION.name, "refuse"): _("Not accepted"),
    (CORRECTION.name, "confirm"): _("Confirmed"),
    (CORRECTION.name, "drop"): _("Dropped"),
}
"""Moves that are called otherwise for one kind of thing."""


def thing_word(machine: str) -> str | Promise:
    """Return what a machine's things are called."""
    return THINGS.get(machine, machine)


def event_word(event: str, machine: str = "") -> str | Promise:
    """Return what a move is called, for the things of a machine."""
    return OF_ONE_THING.get((machine, event), EVENTS.get(event, event))


def state_word(machine: str, state: str) -> str | Promise:
    """Return what a state of a machine is called; nothing for the state before the first."""
    return dict(STATES[machine].choices).get(state, state) if machine in STATES else state
