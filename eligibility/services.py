"""What happens to a questionnaire and its code."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from eligibility import codes
from eligibility.errors import CodeExpired, CodeUnknown, CodeUsed
from eligibility.models import Questionnaire, ReferenceCode
from lifecycle.jobs import delete_batch, in_batches
from lifecycle.schedule import Job
from rules import deadlines
from rules.assessment import Assessment

CODE_TRIES = 5
ABANDONED_AFTER = timedelta(days=60)
"""How long a questionnaire is kept that leads nowhere, on the portal's clock."""


def start_questionnaire(*, at: datetime) -> Questionnaire:
    """Begin an empty questionnaire."""
    return Questionnaire.objects.create(started_at=at)


@transaction.atomic
def save_answers(
    *, questionnaire: Questionnaire, answers: dict[str, Any], unfinished: dict[str, Any] | None = None
) -> Questionnaire:
    """Add or replace answers (top-level keys of the profile JSON); a key with ``None`` as answer is kept.

    ``unfinished``, where given, replaces what is kept of entries on their way. The verdict has to be asked for anew.
    """
    current = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    current.answers = {**current.answers, **answers}
    if unfinished is not None:
        current.unfinished = unfinished
    current.answered_at = None
    current.save(update_fields=["answers", "unfinished", "answered_at"])
    return current


def issue_code(*, questionnaire: Questionnaire, assessment: Assessment, at: datetime) -> ReferenceCode | None:
    """Note the verdict's instant; when a program is met, give the questionnaire its one code, or the one it has.

    A code whose answers no longer meet any program is taken back while it is unused.
    """
    Questionnaire.objects.filter(pk=questionnaire.pk).update(answered_at=at)
    if not any(verdict.eligible for verdict in assessment.programs.values()):
        ReferenceCode.objects.filter(questionnaire=questionnaire, redeemed_at=None).delete()
        return None
    existing = ReferenceCode.objects.filter(questionnaire=questionnaire).first()
    return existing or _new_code(questionnaire, at)


@transaction.atomic
def redeem_code(*, typed: str, account_id: int, at: datetime) -> Questionnaire:
    """Use a code, once and for ever, and return the questionnaire whose answers it moves.

    Raises ``CodeUnknown``, ``CodeExpired`` or ``CodeUsed``.
    """
    code = codes.normalise(typed)
    if code is None:
        raise CodeUnknown
    found = ReferenceCode.objects.select_for_update().filter(code_hash=codes.hash_of(code)).first()
    if found is None:
        raise CodeUnknown
    if found.redeemed_at is not None:
        raise CodeUsed
    if at >= found.expires_at:
        raise CodeExpired
    found.redeemed_at = at
    found.redeemed_by_id = account_id
    found.save(update_fields=["redeemed_at", "redeemed_by"])
    return found.questionnaire


def forget_abandoned(*, at: datetime) -> int:
    """Remove the old questionnaires that have no code which is used or can be used; return how many.

    Those whose answers moved into an account stay with it.
    """
    return in_batches(Job.FORGET_ABANDONED, _forget_some, at=at)


def _forget_some(at: datetime) -> int:
    good_for = deadlines.code_deadline(at) - at
    old = Questionnaire.objects.filter(started_at__lte=at - ABANDONED_AFTER, code__redeemed_at=None)
    return delete_batch(old.filter(Q(code=None) | Q(code__issued_at__lte=at - good_for)))


def _new_code(questionnaire: Questionnaire, at: datetime) -> ReferenceCode:
    for _attempt in range(CODE_TRIES):
        code = ReferenceCode(questionnaire=questionnaire, issued_at=at)
        code.code_hash = codes.hash_of(codes.code_from(code.seed))
        try:
            with transaction.atomic():
                code.save(force_insert=True)
        except IntegrityError:
            existing = ReferenceCode.objects.filter(questionnaire=questionnaire).first()
            if existing is not None:
                return existing
            continue
        return code
    raise IntegrityError("no free personal reference code was found")
