"""An invitation to apply as a letter: class, deadline, the 16 lines that earned it, what became of it.

Its structure follows the real letter (IMM 5791): criteria with their scores, the total, the time limit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from draws.correcting.told import correction_of
from draws.models import Invitation, RoundCorrection
from draws.public.register import Listed, listed_ours
from eligibility.wording.sources import INVITATION_SOURCES
from lifecycle.models import Transition
from lifecycle.tables import INVITATION, InvitationState
from profiles.models import Assessment, Submission
from rules import parameters
from rules.parameters import Row

# The 16 lines as the letter orders and names them; the number is the line's place in an assessment.
CRITERIA: Sequence[tuple[int, Promise]] = (
    (0, _("Age")),
    (1, _("Level of education")),
    (2, _("First official language")),
    (3, _("Second official language")),
    (4, _("Canadian work experience")),
    (5, _("Spouse: level of education")),
    (6, _("Spouse: first official language")),
    (7, _("Spouse: Canadian work experience")),
    (8, _("Skill transferability: education")),
    (9, _("Skill transferability: foreign work experience")),
    (10, _("Skill transferability: certificate of qualification")),
    (14, _("Additional: French")),
    (15, _("Additional: brother or sister in Canada")),
    (13, _("Additional: study in Canada")),
    (12, _("Additional: arranged employment")),
    (11, _("Additional: nomination by a province or territory")),
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What the letter says at an instant: ``state`` holds then, ``ended_at`` is when it was answered.

    ``criteria`` pairs each of the 16 lines with its points; ``days_left`` counts begun days. With
    ``profile_over`` the profile's 12 months have ended and declining no longer leads back to the pool. ``rule`` gives
    the number of days, as in force when the invitation was issued; ``correction`` withdrew it.
    """

    invitation: Invitation
    name: str
    round: Listed
    criteria: list[tuple[str | Promise, int]]
    state: str
    days: int
    days_left: int
    ended_at: datetime | None
    profile_state: str
    profile_over: bool
    expires_at: datetime
    rule: Row
    correction: RoundCorrection | None

    @property
    def open(self) -> bool:
        return self.state == InvitationState.ISSUED

    @property
    def source(self) -> Promise:
        """The text of the law that gives the number of days, in the language in use."""
        return INVITATION_SOURCES[self.rule.source]


def letter_of(invitation: Invitation, at: datetime) -> Letter:
    """Return the letter of an invitation, read together with its round, profile and pool entry."""
    profile = invitation.profile
    state = invitation.state_at(at)
    return Letter(
        invitation=invitation,
        name=name_on(invitation),
        round=listed_ours(invitation.round),
        criteria=criteria_of(invitation),
        state=state,
        days=(invitation.expires_at - invitation.issued_at).days,
        days_left=days_until(invitation.expires_at, at),
        ended_at=ended_at(invitation, state),
        profile_state=profile.entry.state_at(at),
        profile_over=at >= profile.entry.expires_at,
        expires_at=profile.expires_at,
        rule=parameters.on(invitation.issued_at.date())["lifecycle.invitation_days"],
        correction=correction_of(invitation),
    )


def days_until(end: datetime, at: datetime) -> int:
    """Return the begun days from an instant to an end; 0 from the end on."""
    return max(0, ceil((end - at) / timedelta(days=1)))


def criteria_of(invitation: Invitation) -> list[tuple[str | Promise, int]]:
    """Return the 16 lines of the assessment that was in force when the invitation was issued."""
    history = Assessment.objects.filter(profile_id=invitation.profile_id, at__lte=invitation.issued_at)
    lines = history.latest("at", "id").lines
    return [(name, lines[place]) for place, name in CRITERIA]


def name_on(invitation: Invitation) -> str:
    """Return the candidate's name as last submitted before the invitation."""
    sent = Submission.objects.filter(
        profile_id=invitation.profile_id, submitted_at__lte=invitation.issued_at
    ).latest("sequence")
    named = sent.personal.get("identity", {})
    return f"{named.get('given_names', '')} {named.get('family_name', '')}".strip()


def ended_at(invitation: Invitation, state: str) -> datetime | None:
    """Return when the invitation was declined, withdrawn or lapsed; ``None`` while it can be answered."""
    if state == InvitationState.ISSUED:
        return None
    if state == InvitationState.LAPSED:
        return invitation.expires_at
    log = Transition.objects.filter(machine=INVITATION.name, thing_id=invitation.pk, target=state)
    return log.values_list("at", flat=True).get()
