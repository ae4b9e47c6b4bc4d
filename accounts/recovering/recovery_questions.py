"""Recovery questions: three of the owner's own choice, each with a hint and an answer that only the owner knows.

One is asked at sign-in and at signing a submission, as in the real portal: a ritual, never the only proof.
Answers are compared without regard to capitals, accents' coding and spaces, and kept as slow hashes under a key.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import RecoveryQuestion, User
from lifecycle import clock

HOW_MANY = 3
SHORTEST_ANSWER = 3

SUGGESTED: Sequence[Promise] = (
    _("What was the first film that you saw in a cinema?"),
    _("What did you call your favourite toy as a child?"),
    _("In which street did your oldest friend live?"),
    _("What was the name of your first teacher?"),
    _("Which dish could you eat every day?"),
    _("Where did you spend your best holiday?"),
    _("What was the first thing that you bought with money that you earned?"),
    _("Which book have you read more than once?"),
    _("What was the name of the first animal that you looked after?"),
    _("Which song do you know by heart?"),
)


@dataclass(frozen=True)
class Told:
    """A question, its hint and its answer, as the owner gave them."""

    question: str
    hint: str
    answer: str


def question_for(account: User) -> RecoveryQuestion | None:
    """Return the question to ask this account today, in real time; None when it has none."""
    questions = list(account.recovery_questions.order_by("number"))
    return questions[clock.real_now().toordinal() % len(questions)] if questions else None


def is_right(question: RecoveryQuestion, typed: str) -> bool:
    """Return whether this is the answer."""
    return check_password(_keyed(typed), question.answer_hash)


def in_language(question: RecoveryQuestion) -> str:
    """Return a question in the language in force; one of the owner's own stays as it was typed."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            suggested = [str(one) for one in SUGGESTED]
        if question.question in suggested:
            return str(SUGGESTED[suggested.index(question.question)])
    return question.question


def add_question(*, account: User, told: Told) -> RecoveryQuestion:
    """Add the account's next question; with the same number twice the later one counts."""
    return _keep(account, account.recovery_questions.count() + 1, told)


def replace_question(*, account: User, number: int, told: Told) -> RecoveryQuestion:
    """Put a question in the place of the account's one of that number."""
    return _keep(account, number, told)


@transaction.atomic
def set_questions(*, account: User, told: Sequence[Told]) -> list[RecoveryQuestion]:
    """Replace all questions of an account."""
    account.recovery_questions.all().delete()
    return [_keep(account, number, one) for number, one in enumerate(told, start=1)]


def plain(text: str) -> str:
    """Return text as answers are compared: one coding, small letters, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _keep(account: User, number: int, told: Told) -> RecoveryQuestion:
    kept, _made = RecoveryQuestion.objects.update_or_create(
        account=account,
        number=number,
        defaults={
            "question": told.question,
            "hint": told.hint,
            "answer_hash": hash_of(told.answer),
        },
    )
    return kept


def hash_of(answer: str) -> str:
    """Return what is kept of an answer."""
    return make_password(_keyed(answer))


def _keyed(answer: str) -> str:
    text = plain(answer).encode("utf-8", "replace")
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()
