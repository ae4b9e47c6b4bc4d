"""What an account holds. Changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Message
from accounts.models.messages import MessageQuerySet
from lifecycle.tables import LIVE_PROFILE
from profiles.models import Assessment, Profile, Submission
from rules.programs import PROGRAM_BITS


def profiles_of(account_id: int) -> list[Profile]:
    """Return the account's submitted profiles with their places, newest first."""
    profiles = Profile.objects.filter(account_id=account_id).select_related("entry")
    return list(profiles.order_by("-submitted_at", "-pk"))


def live_profile(account_id: int, at: datetime) -> Profile | None:
    """Return the account's one profile that is in the pool, not eligible or invited at an instant."""
    return next((p for p in profiles_of(account_id) if p.entry.state_at(at) in LIVE_PROFILE), None)


@dataclass(frozen=True)
class Version:
    """What was sent at one time, and how it was assessed then."""

    submission: Submission
    first_assessment: Assessment

    @property
    def entered_pool(self) -> bool:
        """Whether it met one of the three programs, which a nomination alone does not do."""
        return bool(self.first_assessment.programs & ~PROGRAM_BITS["PNP"])


def versions_of(profile: Profile) -> list[Version]:
    """Return everything that was sent for a profile, newest first."""
    submissions = Submission.objects.filter(profile=profile).order_by("-sequence")
    assessments = Assessment.objects.filter(profile=profile).order_by("-pk")
    first = {assessment.submission_id: assessment for assessment in assessments}
    return [Version(submission, first[submission.pk]) for submission in submissions]


def invitation_message(profile: Profile) -> Message | None:
    """Return the message with the newest invitation of the profile."""
    return correspondence(profile).filter(kind="invitation").first()


def correspondence(profile: Profile) -> MessageQuerySet:
    """Return the letters about a profile, newest first."""
    letters = Message.objects.filter(account_id=profile.account_id).about(profile.number)
    return letters.order_by("-at", "-pk")
