"""The states of a profile in words: what each means and who must act."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from eligibility.fields import Text
from eligibility.wording import PROGRAM_NAMES
from lifecycle.tables import ProfileState
from rules.programs import PROGRAM_BITS

OVER = (ProfileState.WITHDRAWN, ProfileState.EXPIRED, ProfileState.LAPSED)


@dataclass(frozen=True)
class StateWords:
    """The shape of a status, its word, and what it means."""

    kind: str
    word: Text
    meaning: Text


STATES: dict[ProfileState, StateWords] = {
    ProfileState.IN_POOL: StateWords(
        "live",
        ProfileState.IN_POOL.label,
        _(
            "You are ranked among all candidates. Each round of invitations may reach you; you need do nothing."
        ),
    ),
    ProfileState.INELIGIBLE: StateWords(
        "attention",
        ProfileState.INELIGIBLE.label,
        _(
            "You meet none of the three programs, so rounds pass you by. Below is why, and what would change it."
        ),
    ),
    ProfileState.INVITED: StateWords(
        "attention",
        ProfileState.INVITED.label,
        _("You are invited to apply. The invitation locks your profile until you answer it."),
    ),
    ProfileState.WITHDRAWN: StateWords(
        "wait",
        ProfileState.WITHDRAWN.label,
        _("You took this profile out of the pool. Its number and validation code no longer work."),
    ),
    ProfileState.EXPIRED: StateWords(
        "wait",
        ProfileState.EXPIRED.label,
        _("Its 12 months are over. You can begin a new profile from its answers."),
    ),
    ProfileState.LAPSED: StateWords(
        "wait",
        ProfileState.LAPSED.label,
        _("The invitation was not answered in time. You can begin a new profile from its answers."),
    ),
}


def programs_in(bits: int) -> list[str]:
    """Return the names of the programs that a pool row's bits stand for, a nomination among them."""
    return [str(PROGRAM_NAMES[code]) for code, bit in PROGRAM_BITS.items() if bits & bit]
