"""Beginning a profile: with a personal reference code, or from the answers of an earlier one."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from eligibility.services import redeem_code
from lifecycle.tables import LIVE_PROFILE, DraftState
from profiles.errors import DraftAlreadyOpen, NothingEarlier
from profiles.facts import Answers, answers_of, with_claim
from profiles.filling import Kept, keep_typed
from profiles.models import Draft, Profile
from profiles.portable import import_answers
from profiles.queries import live_profile
from profiles.services import latest_submission, lock_account, open_draft, open_update

OVER = (DraftState.LAPSED, DraftState.DISCARDED)


@transaction.atomic
def begin_with_code(*, account_id: int, typed: str, at: datetime) -> Draft:
    """Use a personal reference code and move its answers into a new draft: both, or neither.

    Raises ``DraftAlreadyOpen``, ``AlreadyHasProfile``, and what ``redeem_code`` raises; the code stays unused then.
    """
    lock_account(account_id)
    if workable_draft(account_id, at) is not None:
        raise DraftAlreadyOpen
    questionnaire = redeem_code(typed=typed, account_id=account_id, at=at)
    return open_draft(account_id=account_id, at=at, answers=with_claim(questionnaire.answers))


@dataclass(frozen=True)
class BegunAgain:
    """A draft from earlier answers; ``unread`` are the pages whose answers could not be taken over at all."""

    draft: Draft
    unread: list[str]


@transaction.atomic
def begin_again(*, account_id: int, at: datetime) -> BegunAgain:
    """Begin a draft from the account's earlier answers, each judged by today's forms as if it were typed anew.

    A page that they refuse keeps its answers and needs attention. Raises ``NothingEarlier``, ``AlreadyHasProfile``.
    """
    lock_account(account_id)
    earlier = _earlier(account_id, at)
    if earlier is None:
        raise NothingEarlier
    open_already = workable_draft(account_id, at)
    if open_already is not None:
        return BegunAgain(open_already, [])
    found = import_answers(earlier.answers, at.date())
    draft = open_draft(account_id=account_id, at=at, answers=found.answers)
    # What was left out has moved the later entries up, so what was typed of them has no place any more.
    typed_before = {} if found.unread else earlier.unfinished
    for place, typed in {**found.typed, **typed_before}.items():
        draft = keep_typed(draft=draft, place=place, typed=typed, at=at)
    return BegunAgain(draft, [str(refusal.page) for refusal in found.unread])


@transaction.atomic
def begin_with_answers(*, account_id: int, answers: Answers, at: datetime) -> Draft:
    """Begin a draft from given answers: of a new profile, or of an update while one is live.

    Raises ``DraftAlreadyOpen``, ``ProfileLocked``.
    """
    lock_account(account_id)
    if workable_draft(account_id, at) is not None:
        raise DraftAlreadyOpen(
            _("You have a draft in progress, so nothing was taken over. Send it or discard it first.")
        )
    profile = live_profile(account_id, at)
    if profile is None:
        return open_draft(account_id=account_id, at=at, answers=answers)
    return open_update(profile=profile, at=at, answers=answers)


def workable_draft(account_id: int, at: datetime) -> Draft | None:
    """Return the account's open draft, unless its time or the profile that it would change is over."""
    draft = Draft.objects.open().filter(account_id=account_id).select_related("profile__entry").first()
    if draft is None or draft.state_at(at) != DraftState.OPEN:
        return None
    over = draft.profile is not None and draft.profile.entry.state_at(at) not in LIVE_PROFILE
    return None if over else draft


def earlier_answers(account_id: int, at: datetime) -> Answers | None:
    """Return the answers that were worked on last in a draft that is over, or sent last; None where there are none."""
    earlier = _earlier(account_id, at)
    return earlier.answers if earlier else None


@dataclass(frozen=True)
class _Earlier:
    """Answers of before, and what was typed beside them that could not be saved."""

    answers: Answers
    unfinished: dict[str, Kept]


def _earlier(account_id: int, at: datetime) -> _Earlier | None:
    profile = Profile.objects.filter(account_id=account_id).order_by("-submitted_at", "-pk").first()
    drafts = Draft.objects.filter(account_id=account_id).order_by("-started_at", "-pk")
    draft = next((draft for draft in drafts[:5] if draft.state_at(at) in OVER and draft.answers), None)
    sent = latest_submission(profile) if profile else None
    if draft and (sent is None or draft.started_at > sent.submitted_at):
        return _Earlier(draft.answers, draft.unfinished)
    return _Earlier(answers_of(sent.facts, sent.personal), {}) if sent else None
