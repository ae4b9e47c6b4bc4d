"""A nomination from the province's word to the candidate's answer.

The province confirms with profile number and validation code; the candidate accepts within 30 days, or does not.
"""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.desk.officer_log import Verb, about_record, note
from accounts.models import User
from accounts.services import post_message, post_messages
from lifecycle import moves
from lifecycle.jobs import in_batches
from lifecycle.schedule import Job
from lifecycle.tables import LIVE_PROFILE, NominationState
from profiles import assessing, claims, pool_lock
from profiles.errors import (
    CertificateImpossible,
    CertificateOver,
    NominationLapsed,
    NominationNotOpen,
    NominationUnknown,
)
from profiles.facts import ALL_PROVINCES
from profiles.models import Draft, Nomination, PoolEntry, Submission
from profiles.services import latest_submission, lock_account, refuse_unless_ageing
from rules import deadlines

BATCH = 1000


def waiting_for(staff: User, at: datetime) -> QuerySet[Nomination]:
    """Return the claims that a province's staff may confirm, oldest first.

    Of live profiles, and only of candidates who ticked the province among those that may see them.
    """
    newest = Submission.objects.filter(profile=OuterRef("profile")).order_by("-sequence")
    ticked = Q(personal__plans__provinces__contains=[staff.province]) | Q(
        personal__plans__provinces__contains=[ALL_PROVINCES]
    )
    told = Nomination.objects.visible_to(staff).filter(
        state=NominationState.TOLD, profile__entry__state__in=LIVE_PROFILE, profile__entry__expires_at__gt=at
    )
    told = told.annotate(newest=Subquery(newest.values("pk")[:1]))
    seen = Exists(Submission.objects.filter(ticked, pk=OuterRef("newest")))
    return told.filter(seen).select_related("profile__entry").order_by("told_at", "pk")


def found(*, staff: User, number: str, code: str, at: datetime) -> Nomination | None:
    """Return the claim that a profile number and its validation code open to a province's staff; None for any other."""
    held = waiting_for(staff, at).filter(profile__number=number.strip().upper()).first()
    known = held.profile.validation_code if held else ""
    right = secrets.compare_digest(known.encode(), code.strip().upper().encode())
    return held if held and right else None


@transaction.atomic
def confirm(
    *, staff: User, number: str, code: str, issued_on: date, expires_on: date | None, at: datetime
) -> Nomination:
    """Confirm a claim for the staff's own province, with the days of the certificate, and tell the candidate.

    Raises ``NominationUnknown`` for a pair that opens no claim, whatever the cause, and ``CertificateImpossible``.
    """
    if issued_on > at.date() or (expires_on is not None and expires_on <= max(issued_on, at.date())):
        raise CertificateImpossible
    claim = found(staff=staff, number=number, code=code, at=at)
    held = Nomination.objects.select_for_update().get(pk=claim.pk) if claim else None
    if held is None or held.state != NominationState.TOLD:
        raise NominationUnknown
    held.confirmed_at, held.issued_on, held.expires_on = at, issued_on, expires_on
    held.save(update_fields=["confirmed_at", "issued_on", "expires_on"])
    moves.move(held, "confirm", at=at, actor_id=staff.pk)
    note(officer_id=staff.pk, verb=Verb.NOMINATED, about=about_record(held, more=held.profile.number), at=at)
    details = {**_details(held), "deadline_at": deadlines.nomination_deadline(at).isoformat()}
    _tell(held, "nomination_confirmed", details, at)
    return held


@transaction.atomic
def accept(*, nomination: Nomination, at: datetime) -> Nomination:
    """Accept a confirmed nomination: it is a fact of the profile from now on. Accepting twice is once.

    Raises ``NominationLapsed``, ``NominationNotOpen``, ``CertificateOver``, ``ProfileLocked``, ``ProfileOver``.
    """
    pool_lock.share()
    held = _locked(nomination)
    if held.state == NominationState.ACCEPTED:
        return held
    entry = PoolEntry.objects.select_for_update().get(pk=held.profile_id)
    refuse_unless_ageing(entry, at)
    _refuse_unless_confirmed(held, at)
    if held.expires_on is not None and held.expires_on < at.date():
        raise CertificateOver
    moves.move(held, "accept", at=at, actor_id=held.profile.account_id)
    old_score = entry.score
    score = _send_with(held, entry, at)
    _keep_in_draft(held)
    _tell(held, "nomination_accepted", {**_details(held), "old_score": old_score, "score": score}, at)
    return held


@transaction.atomic
def refuse(*, nomination: Nomination, at: datetime) -> Nomination:
    """Do not accept a confirmed nomination, for good; the profile stays as it is. Refusing twice is once.

    Raises ``NominationLapsed``, ``NominationNotOpen``.
    """
    held = _locked(nomination)
    if held.state == NominationState.REFUSED:
        return held
    _refuse_unless_confirmed(held, at)
    moves.move(held, "refuse", at=at, actor_id=held.profile.account_id)
    _tell(held, "nomination_refused", _details(held), at)
    return held


def lapse_nominations(*, at: datetime) -> int:
    """Lapse every confirmed nomination that was not answered within 30 days; return how many."""
    return in_batches(Job.LAPSE_NOMINATIONS, _lapse_batch, at=at)


def _lapse_batch(at: datetime) -> int:
    length = deadlines.nomination_deadline(at) - at
    due = Nomination.objects.filter(state=NominationState.CONFIRMED, confirmed_at__lte=at - length)
    ids = due.order_by("pk").values_list("pk", flat=True)[:BATCH]
    lapsed = moves.move_many(Nomination, ids, "lapse", at=at)
    told = Nomination.objects.filter(pk__in=lapsed, profile__entry__state__in=LIVE_PROFILE)
    rows = list(told.select_related("profile").order_by("pk"))
    post_messages(
        account_ids=[held.profile.account_id for held in rows],
        kind="nomination_lapsed",
        details=[
            _details(held) | {"deadline_at": held.deadline.isoformat()} for held in rows if held.deadline
        ],
        at=at,
    )
    return len(lapsed)


def _locked(nomination: Nomination) -> Nomination:
    """Return the nomination as it is now, under the account's lock: one step of a candidate after the other."""
    lock_account(nomination.profile.account_id)
    return Nomination.objects.select_for_update(of=("self",)).select_related("profile").get(pk=nomination.pk)


def _refuse_unless_confirmed(held: Nomination, at: datetime) -> None:
    state = held.state_at(at)
    if state == NominationState.LAPSED:
        raise NominationLapsed
    if state != NominationState.CONFIRMED:
        raise NominationNotOpen


def _send_with(held: Nomination, entry: PoolEntry, at: datetime) -> int:
    """Append the submission that holds the nomination, assess it, and return its score.

    Its facts stay as of the day on which they were told: only the nomination is new.
    """
    last = latest_submission(held.profile)
    submission = Submission.objects.create(
        profile=held.profile,
        sequence=last.sequence + 1,
        submitted_at=at,
        facts={**last.facts, "provincial_nomination": claims.facts_of(held)},
        personal=last.personal,
        signed_as=last.signed_as,
    )
    (result,) = assessing.results([submission], at.date())
    assessing.reassess([entry], [submission], [result], at=at)
    return result.total


def _keep_in_draft(held: Nomination) -> None:
    """Let an update that is under way hold the nomination too, unless it says that there is none."""
    for draft in Draft.objects.open().select_for_update().filter(profile=held.profile):
        draft.answers = claims.as_accepted(held.profile, draft.answers)
        draft.version += 1
        draft.save(update_fields=["answers", "version"])


def _details(held: Nomination) -> dict[str, object]:
    return {"number": held.profile.number, "province": held.province}


def _tell(held: Nomination, kind: str, details: dict[str, object], at: datetime) -> None:
    post_message(account_id=held.profile.account_id, kind=kind, details=details, at=at)
