"""How a profile came to be what it is: its versions, and its score over time with what moved it. Changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from eligibility.fields import Text
from profiles.comparing import ChangedSection, changes_between
from profiles.facts import Answers, answers_of
from profiles.models import Assessment, Profile, Submission
from rules.programs import PROGRAM_BITS

A_PAGE = 10
NOMINATION = "provincial_nomination"
CAUSES: dict[str, Text] = {
    "sent": _("You sent the profile"),
    "updated": _("You updated the profile"),
    "nomination": _("You accepted a nomination"),
    "rules": _("The rules or their figures changed"),
    "time": _("Time passed: a birthday, a test, work or another day that counts"),
}
"""What moved a score, by kind."""


@dataclass(frozen=True)
class Event:
    """One assessment and the one before it; ``sent`` is what was sent then, None where nothing was."""

    assessment: Assessment
    before: Assessment | None
    cause: str
    sent: Submission | None
    changes: list[ChangedSection]

    @property
    def cause_in_words(self) -> Text:
        return CAUSES[self.cause]

    @property
    def gain(self) -> int:
        """How many points more than before; 0 for the first one."""
        return self.assessment.score - self.before.score if self.before else 0

    @property
    def enters_pool(self) -> bool:
        return _eligible(self.assessment) and not _eligible(self.before)

    @property
    def leaves_pool(self) -> bool:
        return not _eligible(self.assessment) and (self.before is None or _eligible(self.before))


@dataclass(frozen=True)
class History:
    """One page of a profile's events, newest first."""

    page: Page[Assessment]
    events: list[Event]

    @property
    def versions(self) -> list[Event]:
        """Those at which something was sent."""
        return [event for event in self.events if event.sent]


def history_of(profile: Profile, number: str | None) -> History:
    """Return a page of a profile's history; the nearest one for a number that there is not."""
    assessments = Assessment.objects.filter(profile=profile).order_by("-pk")
    page = Paginator(assessments, A_PAGE).get_page(number)
    first = (page.number - 1) * A_PAGE
    shown = list(assessments[first : first + A_PAGE + 1])
    return History(page, _events(shown, _sent(shown)))


def _sent(shown: Sequence[Assessment]) -> dict[int, Submission]:
    found = Submission.objects.filter(pk__in={assessment.submission_id for assessment in shown})
    return {submission.pk: submission for submission in found}


def _events(shown: Sequence[Assessment], sent: dict[int, Submission]) -> list[Event]:
    befores: list[Assessment | None] = [*shown[1:], None]
    pairs = list(zip(shown, befores, strict=True))[:A_PAGE]
    return [_event(assessment, before, sent) for assessment, before in pairs]


def _event(assessment: Assessment, before: Assessment | None, sent: dict[int, Submission]) -> Event:
    new = sent[assessment.submission_id]
    if before is None:
        return Event(assessment, None, "sent", new, [])
    if before.submission_id == assessment.submission_id:
        cause = "time" if before.parameters == assessment.parameters else "rules"
        return Event(assessment, before, cause, None, [])
    old = sent[before.submission_id]
    changes = changes_between(_answers(old), _answers(new))
    return Event(assessment, before, "nomination" if _only_nominated(old, new) else "updated", new, changes)


def _only_nominated(old: Submission, new: Submission) -> bool:
    """Whether nothing was sent but that a nomination was accepted."""
    same = {**old.facts, NOMINATION: new.facts[NOMINATION]} == new.facts and old.personal == new.personal
    return same and old.facts[NOMINATION] is None and new.facts[NOMINATION] is not None


def _answers(submission: Submission) -> Answers:
    return answers_of(submission.facts, submission.personal)


def _eligible(assessment: Assessment | None) -> bool:
    return assessment is not None and bool(assessment.programs & ~PROGRAM_BITS["PNP"])
