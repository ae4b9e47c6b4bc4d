"""What a candidate answers about a nomination, and what that leads to when the profile is sent."""

from datetime import datetime

from lifecycle import moves
from lifecycle.tables import NominationState
from profiles.facts import Answers
from profiles.models import Nomination, Profile


def claimed_province(answers: Answers) -> str | None:
    """Return the province by which the candidate says to be nominated; None where there is none."""
    if claim := answers.get("nomination"):
        return claim["province"] if claim["nominated"] else None
    held = answers.get("provincial_nomination")
    return held["province"] if held else None


def as_accepted(profile: Profile | None, answers: Answers) -> Answers:
    """Return answers with the nomination that this profile's candidate accepted here, and with no other.

    It stays only while the claim is about the same province. What a draft or a file says beyond that is a claim.
    """
    province = claimed_province(answers)
    accepted = None
    if profile is not None and province is not None:
        accepted = Nomination.objects.filter(
            profile=profile, province=province, state=NominationState.ACCEPTED
        ).first()
    if accepted is None and not answers.get("provincial_nomination"):
        return answers
    claim = {"nominated": province is not None, "province": province}
    return {**answers, "nomination": claim, "provincial_nomination": facts_of(accepted) if accepted else None}


def as_open(profile: Profile, answers: Answers, at: datetime) -> Answers:
    """Return the answers sent last, to begin an update from: a claim whose nomination is over is answered no.

    Saying yes again then tells the province anew.
    """
    newest = Nomination.objects.filter(profile=profile, province=claimed_province(answers) or "").first()
    over = (NominationState.REFUSED, NominationState.LAPSED)
    if newest is None or newest.state_at(at) not in over:
        return answers
    return {**answers, "nomination": {"nominated": False, "province": None}}


def follow(*, profile: Profile, answers: Answers, at: datetime) -> Nomination | None:
    """Tell the claimed province's nomination, drop the one that is no longer stated; return the open one.

    The caller has locked the account. Following the same answers twice is once.
    """
    wanted = claimed_province(answers)
    held = Nomination.objects.open().select_for_update().filter(profile=profile).first()
    if held is not None and held.state_at(at) == NominationState.LAPSED:
        moves.move(held, "lapse", at=at)
        held = None
    if held is not None and held.province != wanted:
        moves.move(held, "drop", at=at, actor_id=profile.account_id)
        held = None
    if held is None and wanted is not None:
        held = Nomination(profile=profile, province=wanted, told_at=at)
        moves.begin(held, "tell", at=at, actor_id=profile.account_id)
    return held


def facts_of(nomination: Nomination) -> Answers:
    """Return a confirmed nomination as the fact ``provincial_nomination``."""
    issued, expires = nomination.issued_on, nomination.expires_on
    return {
        "province": nomination.province,
        "issued_on": issued.isoformat() if issued else None,
        "expires_on": expires.isoformat() if expires else None,
    }
