"""Everything that the portal holds of one account, as one JSON document.

``SECTIONS`` is the order of its keys, with the models that each covers; ``NOT_EXPORTED`` names every other model that
leads to an account, with the reason. Instants are ISO 8601 in UTC; lists run from the oldest to the newest. Secrets
(passwords, keys of authenticators, hashes of answers and codes) are in no section.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import models

from accounts.models import (
    AccountEvent,
    KeptForm,
    Message,
    OfficerAction,
    Recovery,
    RecoveryQuestion,
    Session,
    Subscription,
    User,
)
from accounts.telling.letters import paragraphs_of, subject_of
from draws.models import Invitation
from eligibility.models import ReferenceCode
from lifecycle.models import Transition
from profiles.models import Assessment, Draft, Nomination, Profile, Reminder, Scenario, Submission

FORMAT = 1
"""Rises whenever a key changes its name or meaning; new keys may come without."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """One key of the document: what it holds, and the labels of the models it shows."""

    key: str
    content: Callable[[User], Any]
    covers: tuple[str, ...]


def document_of(account: User, *, real_at: datetime, at: datetime) -> Row:
    """Return the whole document: when it was made, on both clocks, and every section in its order."""
    head = {"format": FORMAT, "made_at": real_at, "portal_time": at}
    return head | {section.key: section.content(account) for section in SECTIONS}


def as_json(document: Row) -> bytes:
    """Return a document as UTF-8, indented, its keys in their order."""
    return json.dumps(document, default=_plain, ensure_ascii=False, indent=2).encode()


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an export")


def _row(thing: models.Model, *names: str) -> Row:
    return {name: getattr(thing, name) for name in names}


def _rows(things: Iterable[models.Model], *names: str) -> list[Row]:
    return [_row(thing, *names) for thing in things]


def _account(account: User) -> Row:
    told = ("username", "given_names", "family_name", "email", "language", "role", "email_codes")
    when = ("created_at", "terms_accepted_at", "details_at", "last_login", "closed_at", "is_active")
    return _row(account, *told, *when)


def _email_addresses(account: User) -> list[Row]:
    return _rows(EmailAddress.objects.filter(user=account).order_by("pk"), "email", "verified", "primary")


def _second_factors(account: User) -> list[Row]:
    factors = Authenticator.objects.filter(user=account).order_by("created_at", "pk")
    return [
        {"name": str(one) if one.type == Authenticator.Type.WEBAUTHN else ""}
        | _row(one, "type", "created_at", "last_used_at")
        for one in factors
    ]


def _questions(account: User) -> list[Row]:
    return _rows(RecoveryQuestion.objects.filter(account=account), "number", "question", "hint")


def _partners(account: User) -> list[Row]:
    partners = SocialAccount.objects.filter(user=account).order_by("pk")
    return _rows(partners, "provider", "uid", "extra_data", "date_joined", "last_login")


def _sessions(account: User) -> list[Row]:
    return _rows(
        Session.objects.filter(account=account).order_by("began_at", "pk"), "device", "began_at", "seen_at"
    )


def _events(account: User) -> list[Row]:
    return _rows(AccountEvent.objects.filter(account=account).order_by("at", "pk"), "kind", "device", "at")


def _ways_back(account: User) -> list[Row]:
    asked = Recovery.objects.filter(account=account).order_by("asked_at", "pk")
    return _rows(asked, "lost", "asked_at", "effective_at", "refused_at", "done_at")


def _kept_forms(account: User) -> list[Row]:
    return _rows(KeptForm.objects.filter(account=account).order_by("pk"), "path", "fields", "kept_at")


def _questionnaires(account: User) -> list[Row]:
    codes = ReferenceCode.objects.filter(redeemed_by=account).select_related("questionnaire")
    return [
        _row(code, "issued_at", "expires_at", "redeemed_at")
        | _row(code.questionnaire, "started_at", "answered_at", "answers", "unfinished")
        for code in codes.order_by("redeemed_at", "pk")
    ]


def _drafts(account: User) -> list[Row]:
    drafts = list(
        Draft.objects.filter(account=account).select_related("profile").order_by("started_at", "pk")
    )
    moves = _moves("draft", [draft.pk for draft in drafts])
    return [
        {"updates_profile": draft.profile.number if draft.profile else None}
        | _row(draft, "state", "started_at", "deadline", "answers", "unfinished")
        | {"moves": moves.get(draft.pk, [])}
        for draft in drafts
    ]


def _profiles(account: User) -> list[Row]:
    profiles = Profile.objects.filter(account=account).select_related("entry").order_by("submitted_at", "pk")
    ids = [profile.pk for profile in profiles]
    moves, sent = _moves("profile", ids), _submissions(ids)
    invited, invitation_moves = _invitations(ids)
    nominated = _nominations(ids)
    return [
        _row(profile, "number", "validation_code", "submitted_at", "expires_at")
        | {
            "in_the_pool": _row(profile.entry, *POOL),
            "moves": moves.get(profile.pk, []),
            "submissions": sent.get(profile.pk, []),
            "invitations": [
                {"round": one.round.number}
                | _row(one, *INVITATION)
                | {"moves": invitation_moves.get(one.pk, [])}
                for one in invited.get(profile.pk, [])
            ],
            "nominations": nominated.get(profile.pk, []),
        }
        for profile in profiles
    ]


POOL = ("state", "score", "programs", "categories", "as_of", "next_change_on")
NOMINATION = ("province", "state", "told_at", "confirmed_at", "issued_on", "expires_on")
INVITATION = ("rank", "score", "invited_as", "state", "issued_at", "expires_at")
ASSESSED = ("at", "as_of", "score", "lines", "programs", "categories", "next_change_on", "parameters")


def _submissions(profile_ids: list[int]) -> Mapping[int, list[Row]]:
    assessed = _by(
        "submission_id", Assessment.objects.filter(profile__in=profile_ids).order_by("submission_id", "pk")
    )
    sent = _by(
        "profile_id", Submission.objects.filter(profile__in=profile_ids).order_by("profile_id", "sequence")
    )
    return {
        profile_id: [
            _row(one, "sequence", "submitted_at", "personal", "signed_as", "facts")
            | {"assessments": _rows(assessed.get(one.pk, []), *ASSESSED)}
            for one in those
        ]
        for profile_id, those in sent.items()
    }


def _invitations(profile_ids: list[int]) -> tuple[Mapping[int, list[Invitation]], Mapping[int, list[Row]]]:
    found = Invitation.objects.filter(profile__in=profile_ids).select_related("round")
    invited = list(found.order_by("profile_id", "issued_at", "pk"))
    return _by("profile_id", invited), _moves("invitation", [one.pk for one in invited])


def _nominations(profile_ids: list[int]) -> Mapping[int, list[Row]]:
    found = Nomination.objects.filter(profile__in=profile_ids).order_by("profile_id", "pk")
    return {profile_id: _rows(those, *NOMINATION) for profile_id, those in _by("profile_id", found).items()}


def _moves(machine: str, ids: list[int]) -> Mapping[int, list[Row]]:
    logged = Transition.objects.filter(machine=machine, thing_id__in=ids).order_by("thing_id", "pk")
    names = ("source", "event", "target", "at", "real_at", "cause")
    return {thing_id: _rows(those, *names) for thing_id, those in _by("thing_id", logged).items()}


def _by(name: str, things: Iterable[Any]) -> dict[Any, list[Any]]:
    return {key: list(those) for key, those in groupby(things, key=attrgetter(name))}


def _messages(account: User) -> list[Row]:
    return [
        _row(one, "at", "read_at", "emailed_at", "kind", "details")
        | {"subject": subject_of(one.kind, one.details), "paragraphs": paragraphs_of(one.kind, one.details)}
        for one in Message.objects.filter(account=account).order_by("at", "pk")
    ]


def _scenarios(account: User) -> list[Row]:
    return _rows(Scenario.objects.filter(account=account), "name", "facts", "made_at")


def _reminders(account: User) -> list[Row]:
    sent = Reminder.objects.filter(account=account).order_by("due_on", "pk")
    return _rows(sent, "kind", "about", "due_on")


def _subscriptions(account: User) -> list[Row]:
    if not account.email:
        return []
    own = Subscription.objects.filter(email__iexact=account.email)
    return _rows(own, "email", "language", "asked_at", "confirmed_at", "last_round")


def _officer_actions(account: User) -> list[Row]:
    done = OfficerAction.objects.filter(officer=account).order_by("real_at", "pk")
    return _rows(done, "verb", "about", "why", "at", "real_at")


SECTIONS = (
    Section("account", _account, ("accounts.User",)),
    Section("email_addresses", _email_addresses, ("account.EmailAddress",)),
    Section("second_factors", _second_factors, ("mfa.Authenticator",)),
    Section("recovery_questions", _questions, ("accounts.RecoveryQuestion",)),
    Section("sign_in_partners", _partners, ("socialaccount.SocialAccount",)),
    Section("sessions", _sessions, ("accounts.Session",)),
    Section("events", _events, ("accounts.AccountEvent",)),
    Section("ways_back", _ways_back, ("accounts.Recovery",)),
    Section("kept_forms", _kept_forms, ("accounts.KeptForm",)),
    Section("questionnaires", _questionnaires, ("eligibility.ReferenceCode", "eligibility.Questionnaire")),
    Section("drafts", _drafts, ("profiles.Draft", "lifecycle.Transition")),
    Section(
        "profiles",
        _profiles,
        (
            "profiles.Profile",
            "profiles.PoolEntry",
            "profiles.Submission",
            "profiles.Assessment",
            "profiles.Nomination",
            "draws.Invitation",
        ),
    ),
    Section("scenarios", _scenarios, ("profiles.Scenario",)),
    Section("reminders", _reminders, ("profiles.Reminder",)),
    Section("messages", _messages, ("accounts.Message",)),
    Section("subscriptions", _subscriptions, ("accounts.Subscription",)),
    Section("officer_actions", _officer_actions, ("accounts.OfficerAction",)),
)

NOT_EXPORTED: Mapping[str, str] = {
    "profiles.KeptFactors": "worked out from the submission in 'profiles' to score it quickly; it says nothing more",
    "accounts.EndedSession": "only the hash of a key and why it ended, for a day; the events tell what happened",
    "accounts.OneTimeCode": "a secret: only a keyed hash is kept, for ten minutes",
    "accounts.Allowance": "about a classroom's address; who gave it stands in the officers' log",
    "account.EmailConfirmation": "a secret of a library; the portal verifies addresses by its own codes",
    "socialaccount.SocialToken": "a secret of the sign-in partner",
    "admin.LogEntry": "Django's own log of the admin; what officers do stands in the officers' log",
    "draws.Round": "a round belongs to the portal; who planned and ran it stands in the officers' log",
    "draws.Seen": "the preview that an officer confirmed: ids of a round's list; the act stands in the officers' log",
    "draws.RecurringPlan": "a plan belongs to the portal; who set it up or changed it stands in the officers' log",
    "draws.RecurringStep": "part of a recurring plan",
    "draws.Occurrence": "a day of a recurring plan",
    "draws.PlannedCorrection": "belongs to a round; who prepared and confirmed it stands in the officers' log",
    "draws.RoundCorrection": "belongs to a round; the candidate has the message with its reason in 'messages'",
    "lifecycle.JobRun": "a run of a job belongs to the portal; who asked for one stands in the officers' log",
    "lifecycle.ClockTravel": "a move of the portal's clock belongs to the portal, not to who made it",
    "accounts.User_groups": "not used: what an officer may do follows from the role",
    "accounts.User_user_permissions": "not used: what an officer may do follows from the role",
}
"""Models that lead to an account and are not in the document, each with the reason."""
