"""Every state and every move, on one screen.

A machine is a thing with states. Its rows say: in this state, this event leads to that state.
What has no row cannot happen. ``docs/flow.md`` draws these rows; ``lifecycle.moves`` obeys them.
The state "" means: does not exist yet.

Sources: IRCC's Express Entry pages and Ministerial Instructions as cited in ``rules/parameters``;
how a mistaken or unanswered event ends follows the public portal's status words.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

NOTHING = ""


class DraftState(TextChoices):
    OPEN = "open", _("In progress")
    SUBMITTED = "submitted", _("Submitted")
    LAPSED = "lapsed", _("Lapsed")
    DISCARDED = "discarded", _("Discarded")


class ProfileState(TextChoices):
    IN_POOL = "in_pool", _("In the pool")
    INELIGIBLE = "ineligible", _("Not eligible")
    INVITED = "invited", _("Invited")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")
    LAPSED = "lapsed", _("Removed: the invitation was not answered")


class NominationState(TextChoices):
    TOLD = "told", _("Waiting for the province")
    CONFIRMED = "confirmed", _("Waiting for your answer")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Not accepted")
    LAPSED = "lapsed", _("Not answered in time")
    DROPPED = "dropped", _("No longer stated")


class RoundState(TextChoices):
    PLANNED = "planned", _("Planned")
    QUEUED = "queued", _("About to run")
    COMPLETED = "completed", _("Completed")
    PUBLISHED = "published", _("Published")
    CANCELLED = "cancelled", _("Cancelled")


class RecurringState(TextChoices):
    DRAFT = "draft", _("Being set up")
    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


class InvitationState(TextChoices):
    ISSUED = "issued", _("Waiting for an answer")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Not answered in time")
    RESCINDED = "rescinded", _("Withdrawn by the officers")


class CorrectionState(TextChoices):
    PREPARED = "prepared", _("Waiting for a second officer")
    CONFIRMED = "confirmed", _("About to be carried out")
    DONE = "done", _("Carried out")
    DROPPED = "dropped", _("Dropped")


@dataclass(frozen=True)
class Machine:
    """A thing with states: the model that holds them and the moves between them."""

    name: str
    model: str
    rows: tuple[tuple[str, str, str], ...]

    def targets(self, event: str) -> dict[str, str]:
        """Return source -> target of an event; empty when the event is unknown."""
        return {source: target for source, name, target in self.rows if name == event}


DRAFT = Machine(
    "draft",
    "profiles.Draft",
    (
        (NOTHING, "start", DraftState.OPEN),
        (DraftState.OPEN, "submit", DraftState.SUBMITTED),
        (DraftState.OPEN, "lapse", DraftState.LAPSED),
        (DraftState.OPEN, "discard", DraftState.DISCARDED),
    ),
)

PROFILE = Machine(
    "profile",
    "profiles.PoolEntry",
    (
        (NOTHING, "enter", ProfileState.IN_POOL),
        (NOTHING, "refuse", ProfileState.INELIGIBLE),
        (ProfileState.IN_POOL, "become_ineligible", ProfileState.INELIGIBLE),
        (ProfileState.INELIGIBLE, "become_eligible", ProfileState.IN_POOL),
        (ProfileState.IN_POOL, "withdraw", ProfileState.WITHDRAWN),
        (ProfileState.INELIGIBLE, "withdraw", ProfileState.WITHDRAWN),
        (ProfileState.IN_POOL, "expire", ProfileState.EXPIRED),
        (ProfileState.INELIGIBLE, "expire", ProfileState.EXPIRED),
        (ProfileState.IN_POOL, "invite", ProfileState.INVITED),
        (ProfileState.INVITED, "return", ProfileState.IN_POOL),
        (ProfileState.INVITED, "return_ineligible", ProfileState.INELIGIBLE),
        (ProfileState.INVITED, "return_expired", ProfileState.EXPIRED),
        (ProfileState.INVITED, "lapse", ProfileState.LAPSED),
    ),
)

NOMINATION = Machine(
    "nomination",
    "profiles.Nomination",
    (
        (NOTHING, "tell", NominationState.TOLD),
        (NominationState.TOLD, "confirm", NominationState.CONFIRMED),
        (NominationState.TOLD, "drop", NominationState.DROPPED),
        (NominationState.CONFIRMED, "accept", NominationState.ACCEPTED),
        (NominationState.CONFIRMED, "refuse", NominationState.REFUSED),
        (NominationState.CONFIRMED, "lapse", NominationState.LAPSED),
        (NominationState.CONFIRMED, "drop", NominationState.DROPPED),
        (NominationState.ACCEPTED, "drop", NominationState.DROPPED),
    ),
)

ROUND = Machine(
    "round",
    "draws.Round",
    (
        (NOTHING, "plan", RoundState.PLANNED),
        (RoundState.PLANNED, "queue", RoundState.QUEUED),
        (RoundState.PLANNED, "cancel", RoundState.CANCELLED),
        (RoundState.QUEUED, "complete", RoundState.COMPLETED),
        (RoundState.COMPLETED, "publish", RoundState.PUBLISHED),
    ),
)

RECURRING = Machine(
    "recurring plan",
    "draws.RecurringPlan",
    (
        (NOTHING, "set_up", RecurringState.DRAFT),
        (RecurringState.DRAFT, "start", RecurringState.RUNNING),
        (RecurringState.RUNNING, "pause", RecurringState.PAUSED),
        (RecurringState.PAUSED, "resume", RecurringState.RUNNING),
        (RecurringState.DRAFT, "end", RecurringState.ENDED),
        (RecurringState.RUNNING, "end", RecurringState.ENDED),
        (RecurringState.PAUSED, "end", RecurringState.ENDED),
    ),
)

INVITATION = Machine(
    "invitation",
    "draws.Invitation",
    (
        (NOTHING, "issue", InvitationState.ISSUED),
        (InvitationState.ISSUED, "decline", InvitationState.DECLINED),
        (InvitationState.ISSUED, "lapse", InvitationState.LAPSED),
        (InvitationState.ISSUED, "rescind", InvitationState.RESCINDED),
    ),
)

CORRECTION = Machine(
    "correction",
    "draws.PlannedCorrection",
    (
        (NOTHING, "prepare", CorrectionState.PREPARED),
        (CorrectionState.PREPARED, "confirm", CorrectionState.CONFIRMED),
        (CorrectionState.PREPARED, "drop", CorrectionState.DROPPED),
        (CorrectionState.CONFIRMED, "carry_out", CorrectionState.DONE),
    ),
)

MACHINES = {
    machine.model: machine
    for machine in (DRAFT, PROFILE, NOMINATION, ROUND, RECURRING, INVITATION, CORRECTION)
}
LIVE_PROFILE = (ProfileState.IN_POOL, ProfileState.INELIGIBLE, ProfileState.INVITED)
AGEING_PROFILE = (ProfileState.IN_POOL, ProfileState.INELIGIBLE)
OPEN_NOMINATION = (NominationState.TOLD, NominationState.CONFIRMED, NominationState.ACCEPTED)
