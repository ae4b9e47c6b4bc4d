"""The words of every message, a row a kind, in the reader's language.

``details`` of a message fill the named places: a key that ends in ``_at`` is an instant (ISO), one in ``_on`` a day.
``reason_en`` and ``reason_fr`` are one reason, as officers wrote it in both languages.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.utils import formats
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import NOTICE
from accounts.telling import causes
from accounts.telling.later_letters import CORRECTIONS, FUNDS, NOMINATIONS, REMINDERS
from accounts.telling.letter import Letter
from accounts.telling.provinces import PROVINCES

_TOLD: Mapping[str, Letter] = {
    "draft_lapsed": Letter(
        _("Your unfinished profile has lapsed"),
        (
            _("You did not submit your Express Entry profile by {deadline_at}, 60 days after you began it."),
            _("You can begin a new one at any time. Your old answers are shown in your account until then."),
        ),
    ),
    "profile_in_pool": Letter(
        _("You are in the pool: profile {number}"),
        (
            _("Your Express Entry profile {number} was received on {submitted_at}. You are in the pool."),
            _("Your score is {score} out of 1,200. Your profile stays in the pool until {expires_at}."),
            _("A profile is not an application, and being in the pool is no promise of an invitation."),
        ),
    ),
    "profile_ineligible": Letter(
        _("You are not in the pool: profile {number}"),
        (
            _(
                "Your Express Entry profile {number} was received on {submitted_at}. By your answers you do not meet "
                "the requirements of any of the three programs, so you are not in the pool."
            ),
            _(
                "Your account shows each requirement that was not met, the answer that decided it, and what would "
                "change it. You can correct your answers and submit the profile again. Nothing has to be typed anew."
            ),
        ),
    ),
    "profile_updated": Letter(
        _("Your profile {number} was updated"),
        (
            _("Your changes were received on {submitted_at}. Your score is now {score} out of 1,200."),
            _("Your place among equal scores still follows the time you first submitted your profile."),
        ),
    ),
    "profile_no_longer_eligible": Letter(
        _("You have left the pool: profile {number}"),
        (
            _(
                "As of {day_on} you no longer meet the requirements of any program, although your answers have not "
                "changed: time has passed. Your account shows which requirement, and why."
            ),
            _(
                "The way back: update your profile with what has changed, and send it again. Until {expires_at} you "
                "then return to the pool with the same place among equal scores."
            ),
        ),
    ),
    "profile_eligible_again": Letter(
        _("You are back in the pool: profile {number}"),
        (
            _(
                "As of {day_on} you meet the requirements of a program again. Your score is {score} out of 1,200."
            ),
        ),
    ),
    "score_changed": Letter(
        _("Your score has changed: profile {number}"),
        (
            _(
                "Your score went from {old_score} to {score} on {day_on}. Your answers have not changed: time has "
                "passed. Your score page shows which of the 16 lines changed."
            ),
        ),
    ),
    "profile_withdrawn": Letter(
        _("You withdrew your profile {number}"),
        (
            _(
                "Your profile {number} left the pool on {at_at}, as you asked. Its number and validation code no "
                "longer work. You can begin a new profile at any time; it gets a new number and a new place "
                "among equal scores."
            ),
        ),
    ),
    "profile_expired": Letter(
        _("Your profile {number} has expired"),
        (
            _("Your profile left the pool on {expires_at}, 12 months after you first submitted it."),
            _("To be considered again, begin a new profile. You can start from your old answers."),
        ),
    ),
    "invitation": Letter(
        _("You are invited to apply for permanent residence"),
        (
            _("You were invited in round {round} under {program}, with {score} points and rank {rank}."),
            _("You have until {deadline_at} to answer. There is no extension."),
            _(
                "If your situation has changed so that your score is now below the lowest score of the round, "
                "decline: you return to the pool with your old place among equal scores."
            ),
            _(
                "If you do not answer in time, the invitation lapses and your profile is removed from the pool."
            ),
        ),
    ),
    "invitation_declined": Letter(
        _("You declined your invitation"),
        (
            _(
                "You declined the invitation of round {round} on {at_at}. It does not count against you in later "
                "rounds."
            ),
        ),
    ),
    "returned_to_pool": Letter(
        _("You are back in the pool: profile {number}"),
        (
            _(
                "After you declined, your profile returned to the pool with {score} points and the time of your first "
                "submission. It stays there until {expires_at}."
            ),
        ),
    ),
    "invitation_lapsed": Letter(
        _("Your invitation has lapsed"),
        (
            _(
                "You did not answer the invitation of round {round} by {deadline_at}. Your profile {number} was "
                "removed from the pool."
            ),
            _("To be considered again, begin a new profile. You can start from your old answers."),
        ),
    ),
}

_WHEN = _("It happened on {happened_at}, in real time.")
_IF_NOT_YOU = _(
    "If this was you, there is nothing to do. If it was not you, use the link in the e-mail that tells you of this: "
    "it ends every session. Then change your password and look through the history of your account."
)

NOTICES: Mapping[str, Promise] = {
    "signed_up": _("Your account was created"),
    "password_changed": _("Your password was changed"),
    "email_changed": _("The e-mail address of your account was changed"),
    "details_changed": _("The details of your account were changed"),
    "questions_changed": _("Your recovery questions were changed"),
    "factor_added": _("A second factor was added to your account"),
    "factor_removed": _("A second factor was removed from your account"),
    "recovery_codes_made": _("New recovery codes were made, and the old ones no longer work"),
    "recovery_code_used": _("A recovery code was used to get into your account"),
    "partner_linked": _("A sign-in partner was linked to your account"),
    "partner_unlinked": _("A sign-in partner was unlinked from your account"),
    "data_exported": _("The data of your account was exported"),
    "recovery_asked": _("Somebody asked for a way back into your account"),
    "recovery_waiting": _("Somebody asked to replace the second factor of your account"),
    "recovery_still_waiting": _("The wait before the second factor of your account can be replaced goes on"),
    "recovery_refused": _("A way back into your account was refused"),
    "recovery_done": _("A way back into your account was completed"),
    "change_reported": _("Somebody reported from your e-mail that a change was not made by you"),
    "account_closed": _("Your account was closed, as was asked in it"),
}
"""What happened, by its kind: the subject of the message, and a line of the e-mail."""

_WAITING = _(
    "Nothing has changed yet. The second factor can be replaced from {effective_at}, in real time. Until then you "
    "can refuse it, on the page of your account details or by the link in the e-mail."
)
_MORE: Mapping[str, Promise] = {
    "recovery_asked": _(
        "Nothing has changed yet: whoever asked must still prove who they are. You can refuse it on the page of your "
        "account details, or by the link in the e-mail."
    ),
    "recovery_waiting": _WAITING,
    "recovery_still_waiting": _WAITING,
    "account_closed": _(
        "Your names, answers and ways to sign in were removed, and nobody can sign in again."
    ),
}

LETTERS: Mapping[str, Letter] = {
    **_TOLD,
    **NOMINATIONS,
    **CORRECTIONS,
    **FUNDS,
    **REMINDERS,
    **{
        NOTICE + kind: Letter(what, (_WHEN, *([_MORE[kind]] if kind in _MORE else []), _IF_NOT_YOU))
        for kind, what in NOTICES.items()
    },
}

WITH_JOB_BANK = frozenset({"profile_in_pool", "profile_updated", "nomination_accepted"})
"""The letters that give the numbers with which one registers with Job Bank."""

PROGRAMS: Mapping[str, Promise] = {
    "PNP": _("the Provincial Nominee Program"),
    "CEC": _("the Canadian Experience Class"),
    "FSW": _("the Federal Skilled Worker Program"),
    "FST": _("the Federal Skilled Trades Program"),
}
"""How a letter's sentence names the program of its detail ``program``."""


def subject_of(kind: str, details: Mapping[str, Any]) -> str:
    """Return the subject in the language in force."""
    return str(LETTERS[kind].subject).format_map(_readable(details))


def paragraphs_of(kind: str, details: Mapping[str, Any]) -> list[str]:
    """Return the paragraphs in the language in force; the causes that the details name come after the first."""
    readable = _readable(details)
    first, *others = [str(paragraph).format_map(readable) for paragraph in LETTERS[kind].paragraphs]
    return [first, *causes.in_words(details.get("causes", ())), *others]


def email_text(sign_in_address: str) -> tuple[str, str]:
    """Return subject and body of the e-mail that announces a message without saying anything of it."""
    body = _now(
        "There is a new message in your account of the Express Entry simulator.\n\n"
        "Sign in to read it: {address}\n\n"
        "This is a simulation for learning. It is not a website of the Government of Canada, and nothing you do "
        "here reaches any government.\n"
    )
    return _now("New message in your account (simulation)"), body.format(address=sign_in_address)


def notice_email_text(kind: str, details: Mapping[str, Any], not_me_address: str) -> tuple[str, str]:
    """Return subject and body of the e-mail that tells of a change to the account's security, and of no person.

    ``not_me_address`` is where the owner says that it was somebody else.
    """
    body = _now(
        "This is about the security of your account of the Express Entry simulator.\n\n"
        "What happened: {what}.\n"
        "When: {when}.\n\n"
        "If this was you, there is nothing to do.\n\n"
        "If it was not you, open this page within 30 days and press its button. It ends every session of the account "
        "and refuses every way back that is open:\n{address}\n\n"
        "This is a simulation for learning. It is not a website of the Government of Canada, and nothing you do "
        "here reaches any government.\n"
    )
    what = NOTICES[kind.removeprefix(NOTICE)]
    when = instant_in_words(datetime.fromisoformat(details["happened_at"]))
    return (
        _now("Security of your account (simulation)"),
        body.format(what=what, when=when, address=not_me_address),
    )


def instant_in_words(instant: datetime) -> str:
    """Return an instant, in whatever zone it is given, as people read it: to the second, in UTC."""
    instant = instant.astimezone(UTC)
    return _now("{date} at {time} UTC").format(date=day_in_words(instant), time=instant.strftime("%H:%M:%S"))


def day_in_words(day: date) -> str:
    """Return '1 October 2026' or '1er octobre 2026', by the language in force."""
    first = day.day == 1 and (get_language() or "").startswith("fr")
    return f"{'1er' if first else day.day} {MONTHS[day.month]} {day.year}"


def _readable(details: Mapping[str, Any]) -> dict[str, str]:
    readable = {key: _readable_value(key, value) for key, value in details.items()}
    french = (get_language() or "").startswith("fr")
    reason = details.get("reason_fr" if french else "reason_en")
    return {**readable, "reason": reason} if reason else readable


def _readable_value(key: str, value: Any) -> str:
    if key.endswith("_at"):
        return instant_in_words(datetime.fromisoformat(value))
    if key.endswith("_on"):
        return day_in_words(date.fromisoformat(value))
    if key == "program":
        return str(PROGRAMS.get(value, value))
    if key == "province":
        return str(PROVINCES.get(value, value))
    if isinstance(value, int):
        return formats.number_format(value, use_l10n=True, force_grouping=True)
    return str(value)
