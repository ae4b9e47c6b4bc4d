"""What a candidate does: begin, save, submit, update, withdraw."""

import hashlib
import json
import secrets
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.services import post_message
from lifecycle import moves
from lifecycle.tables import AGEING_PROFILE, DraftState, ProfileState
from profiles import assessing, claims, pool_lock
from profiles.errors import (
    AlreadyHasProfile,
    DraftChangedElsewhere,
    DraftIncomplete,
    DraftLapsed,
    ProfileLocked,
    ProfileOver,
    SignatureDiffers,
)
from profiles.facts import Answers, answers_of, facts_of, missing, personal_in
from profiles.models import Draft, PoolEntry, Profile, Submission
from profiles.persons import claim_person
from rules import facts

# No letter or digit that is taken for another one.
CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8
NUMBER_TRIES = 10


@transaction.atomic
def open_draft(*, account_id: int, at: datetime, answers: Answers | None = None) -> Draft:
    """Begin a draft of a new profile, or return the one that is open.

    Raises ``AlreadyHasProfile`` while a profile of the account is live.
    """
    lock_account(account_id)
    if _live_profile(account_id, at) is not None:
        raise AlreadyHasProfile
    return _open_draft(account_id, None, answers or {}, at)


@transaction.atomic
def open_update(*, profile: Profile, at: datetime, answers: Answers | None = None) -> Draft:
    """Begin a draft of changes to a submitted profile, or return the one that is open.

    It is filled with ``answers``, and where none are given with those that were sent last.

    Raises ``ProfileLocked`` while invited, ``ProfileOver`` when the profile is no longer live.
    """
    lock_account(profile.account_id)
    refuse_unless_ageing(PoolEntry.objects.get(pk=profile.pk), at)
    latest = latest_submission(profile)
    sent = answers_of(latest.facts, latest.personal)
    filled = answers if answers is not None else claims.as_open(profile, sent, at)
    return _open_draft(profile.account_id, profile, filled, at)


@transaction.atomic
def save_answers(*, draft: Draft, changes: Answers, at: datetime, seen: str | None = None) -> Draft:
    """Replace top-level answers of an open draft and return it.

    ``seen`` is the fingerprint of these answers when the page was shown; when they have changed since,
    ``DraftChangedElsewhere`` is raised and nothing is saved. Raises ``DraftLapsed`` after the deadline.
    """
    current = Draft.objects.select_for_update().get(pk=draft.pk)
    _refuse_unless_open(current, at)
    if seen is not None and seen != fingerprint(current.answers, changes):
        raise DraftChangedElsewhere
    current.answers = {**current.answers, **changes}
    current.version += 1
    current.save(update_fields=["answers", "version"])
    return current


def fingerprint(answers: Answers, keys: Iterable[str]) -> str:
    """Return a short digest of some of the answers, to tell whether they changed."""
    part = {key: answers.get(key) for key in sorted(keys)}
    return hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def discard_draft(*, draft: Draft, at: datetime) -> None:
    """Throw an open draft away, at the candidate's wish. Discarding twice is once."""
    current = Draft.objects.select_for_update().get(pk=draft.pk)
    if current.state != DraftState.DISCARDED:
        moves.move(current, "discard", at=at, actor_id=draft.account_id)


@transaction.atomic
def submit(*, draft: Draft, signed_as: str, at: datetime) -> Profile:
    """Send a draft: a new profile, or the next version of the one it updates. Submitting twice is once.

    Raises ``DraftLapsed``, ``DraftIncomplete``, ``SignatureDiffers``, ``AlreadyHasProfile``, ``AnotherLiveProfile``,
    ``ProfileLocked``, ``ProfileOver``, or ``rules.facts.ProfileError`` for answers that cannot be.
    """
    pool_lock.share()
    lock_account(draft.account_id)
    draft = Draft.objects.select_for_update(of=("self",)).select_related("profile").get(pk=draft.pk)
    if draft.state == DraftState.SUBMITTED and draft.profile is not None:
        return draft.profile
    _refuse_unless_open(draft, at)
    if missing(draft.answers):
        raise DraftIncomplete
    if not _same_name(signed_as, draft.answers.get("identity") or {}):
        raise SignatureDiffers
    draft.answers = claims.as_accepted(draft.profile, draft.answers)
    profile = (
        _submit_update(draft, draft.profile, signed_as, at)
        if draft.profile
        else _submit_new(draft, signed_as, at)
    )
    claims.follow(profile=profile, answers=draft.answers, at=at)
    Draft.objects.filter(pk=draft.pk).update(profile=profile)
    moves.move(draft, "submit", at=at, actor_id=draft.account_id)
    return profile


@transaction.atomic
def withdraw(*, profile: Profile, at: datetime) -> None:
    """Take a profile out of the pool for good, at the candidate's wish. Withdrawing twice is once.

    Raises ``ProfileLocked``, ``ProfileOver``.
    """
    pool_lock.share()
    lock_account(profile.account_id)
    entry = PoolEntry.objects.select_for_update().get(pk=profile.pk)
    if entry.state == ProfileState.WITHDRAWN:
        return
    refuse_unless_ageing(entry, at)
    moves.move(entry, "withdraw", at=at, actor_id=profile.account_id)
    claims.follow(profile=profile, answers={}, at=at)
    details = {"number": profile.number, "at_at": at.isoformat()}
    post_message(account_id=profile.account_id, kind="profile_withdrawn", details=details, at=at)
    for draft in Draft.objects.open().filter(profile=profile):
        discard_draft(draft=draft, at=at)


def latest_submission(profile: Profile) -> Submission:
    """Return what the candidate last sent."""
    return Submission.objects.filter(profile=profile).latest("sequence")


def _submit_new(draft: Draft, signed_as: str, at: datetime) -> Profile:
    if _live_profile(draft.account_id, at) is not None:
        raise AlreadyHasProfile
    person = claim_person(draft.answers, account_id=draft.account_id, at=at)
    candidate = facts_of(draft.answers, at.date())
    profile = _new_profile(draft.account_id, person, at)
    submission = Submission.objects.create(
        profile=profile,
        submitted_at=at,
        facts=facts.dump(candidate),
        personal=personal_in(draft.answers),
        signed_as=signed_as,
    )
    result = assessing.as_sent(candidate)
    assessing.enter(profile, submission, result, at=at)
    kind = "profile_in_pool" if assessing.is_eligible(result) else "profile_ineligible"
    _tell(profile, kind, result.total, at, submitted_at=at)
    return profile


def _submit_update(draft: Draft, profile: Profile, signed_as: str, at: datetime) -> Profile:
    entry = PoolEntry.objects.select_for_update().get(pk=profile.pk)
    refuse_unless_ageing(entry, at)
    person = claim_person(draft.answers, account_id=draft.account_id, at=at)
    Profile.objects.filter(pk=profile.pk).update(person=person)
    candidate = facts_of(draft.answers, at.date())
    submission = Submission.objects.create(
        profile=profile,
        sequence=latest_submission(profile).sequence + 1,
        submitted_at=at,
        facts=facts.dump(candidate),
        personal=personal_in(draft.answers),
        signed_as=signed_as,
    )
    result = assessing.as_sent(candidate)
    assessing.reassess([entry], [submission], [result], at=at)
    kind = "profile_updated" if assessing.is_eligible(result) else "profile_ineligible"
    _tell(profile, kind, result.total, at, submitted_at=at)
    return profile


def _tell(profile: Profile, kind: str, score: int, at: datetime, **instants: datetime) -> None:
    details: dict[str, Any] = {
        "number": profile.number,
        "validation_code": profile.validation_code,
        "score": score,
        "expires_at": profile.expires_at.isoformat(),
        **{name: instant.isoformat() for name, instant in instants.items()},
    }
    post_message(account_id=profile.account_id, kind=kind, details=details, at=at)


def _open_draft(account_id: int, profile: Profile | None, answers: Answers, at: datetime) -> Draft:
    existing = Draft.objects.open().filter(account_id=account_id).first()
    if existing is not None and existing.state_at(at) == DraftState.LAPSED:
        moves.move(existing, "lapse", at=at)
        existing = None
    if existing is not None and existing.profile_id != (profile.pk if profile else None):
        discard_draft(draft=existing, at=at)
        existing = None
    if existing is not None:
        return existing
    held = claims.as_accepted(profile, answers)
    draft = Draft(account_id=account_id, profile=profile, answers=held, started_at=at)
    moves.begin(draft, "start", at=at, actor_id=account_id)
    return draft


def _new_profile(account_id: int, person: str, at: datetime) -> Profile:
    for _attempt in range(NUMBER_TRIES):
        profile = Profile(
            account_id=account_id,
            number=f"E{secrets.randbelow(10**9):09d}",
            validation_code="".join(secrets.choice(CODE_ALPHABET) for _place in range(CODE_LENGTH)),
            submitted_at=at,
            person=person,
        )
        try:
            with transaction.atomic():
                profile.save(force_insert=True)
        except IntegrityError:
            continue
        return profile
    raise IntegrityError("no free profile number was found")


def lock_account(account_id: int) -> None:
    """One candidate's own steps come one after the other: no second draft or profile by a double click.

    The account's key stays free, so that a job which holds the candidate's place in the pool can send its message:
    else the two would wait for each other in a ring.
    """
    User.objects.select_for_update(no_key=True).get(pk=account_id)


def _live_profile(account_id: int, at: datetime) -> Profile | None:
    candidates = Profile.objects.live().filter(account_id=account_id).select_related("entry")
    return next(
        (profile for profile in candidates if profile.entry.state_at(at) != ProfileState.EXPIRED), None
    )


def _refuse_unless_open(draft: Draft, at: datetime) -> None:
    if draft.state_at(at) != DraftState.OPEN:
        raise DraftLapsed if draft.state_at(at) == DraftState.LAPSED else ProfileOver


def refuse_unless_ageing(entry: PoolEntry, at: datetime) -> None:
    """Raise ``ProfileLocked`` for a profile that is invited, ``ProfileOver`` for one that is no longer live."""
    state = entry.state_at(at)
    if state == ProfileState.INVITED:
        raise ProfileLocked
    if state not in AGEING_PROFILE:
        raise ProfileOver


def _same_name(signed_as: str, identity: dict[str, str]) -> bool:
    expected = f"{identity.get('given_names', '')} {identity.get('family_name', '')}"
    return bool(expected.strip()) and _plain(signed_as) == _plain(expected)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
