"""A nomination in words: what its state means, who must act, and until when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from eligibility.fields import PROVINCES, Text
from eligibility.summaries import word
from lifecycle.tables import AGEING_PROFILE, NominationState, ProfileState
from profiles.facts import ALL_PROVINCES
from profiles.models import Nomination, Profile, Submission
from profiles.progress import days_left


@dataclass(frozen=True)
class NominationWords:
    """The shape of a status, its word, what it means, and who must act."""

    kind: str
    word: Text
    meaning: Text
    who: Text


NOBODY = _("Nobody needs to act.")
WORDS: dict[str, NominationWords] = {
    NominationState.TOLD: NominationWords(
        "wait",
        NominationState.TOLD.label,
        _("You said that the province nominated you. It has not confirmed that yet, so it earns no points."),
        _(
            "The province must act: it confirms with your profile number and your validation code. "
            "Give it both, and nobody else the code."
        ),
    ),
    NominationState.CONFIRMED: NominationWords(
        "attention",
        NominationState.CONFIRMED.label,
        _(
            "The province has confirmed that it nominated you. It earns 600 points from the moment you accept."
        ),
        _("You must act: accept the nomination, or do not accept it."),
    ),
    NominationState.ACCEPTED: NominationWords(
        "done",
        NominationState.ACCEPTED.label,
        _(
            "You accepted the nomination. It is a fact of your profile and earns 600 points while it is valid."
        ),
        NOBODY,
    ),
    NominationState.REFUSED: NominationWords(
        "wait",
        NominationState.REFUSED.label,
        _("You did not accept the nomination. It earns no points, and your profile stays as it is."),
        _("Nobody needs to act. Should the province nominate you again, say so in an update."),
    ),
    NominationState.LAPSED: NominationWords(
        "wait",
        NominationState.LAPSED.label,
        _("The 30 days to accept it are over. It earns no points, and your profile stays as it is."),
        _("Ask the province whether it nominates you again; if it does, say so in an update."),
    ),
    NominationState.DROPPED: NominationWords(
        "wait",
        NominationState.DROPPED.label,
        _("You no longer say that this province nominated you, so it earns no points."),
        NOBODY,
    ),
}
UNSEEN = NominationWords(
    "attention",
    _("The province cannot see it"),
    _(
        "You said that the province nominated you, but you did not tick it among the provinces that may see "
        "your profile, so it cannot confirm."
    ),
    _("You must act: update your profile and tick the province under ‘Your plans in Canada’."),
)


@dataclass(frozen=True)
class NominationShown:
    """A nomination as its candidate sees it at an instant."""

    nomination: Nomination
    state: str
    words: NominationWords
    can_answer: bool
    days_left: int

    @property
    def province(self) -> str:
        return word(PROVINCES, self.nomination.province)


def shown(profile: Profile, at: datetime) -> NominationShown | None:
    """Return the newest nomination of a profile whose place is loaded; None where none was ever told."""
    held = Nomination.objects.filter(profile=profile).first()
    if held is None:
        return None
    state = held.state_at(at)
    place = profile.entry.state_at(at)
    waits = state == NominationState.CONFIRMED and held.deadline is not None
    unseen = state == NominationState.TOLD and place in AGEING_PROFILE and not _is_ticked(held)
    return NominationShown(
        nomination=held,
        state=state,
        words=UNSEEN if unseen else WORDS[state],
        can_answer=waits and place in AGEING_PROFILE and place != ProfileState.INVITED,
        days_left=days_left(held.deadline, at) if held.deadline and waits else 0,
    )


def _is_ticked(held: Nomination) -> bool:
    newest = Submission.objects.filter(profile=held.profile_id).latest("sequence")
    ticked = (newest.personal.get("plans") or {}).get("provinces") or []
    return held.province in ticked or ALL_PROVINCES in ticked
