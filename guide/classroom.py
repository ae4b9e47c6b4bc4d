"""The people to sign in as with a class, as they stand now. For the demo only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from guide.files import ContentFile
from lifecycle.tables import DraftState, ProfileState
from profiles.models import Draft, Profile
from profiles.states import STATES, StateWords
from simulation import demo_accounts

LOOK_AT: Mapping[str, Promise] = {
    "newcomer": _("The account’s first page: what is there before a profile is begun."),
    "drafting": _("The list of tasks of a half-filled profile: what is missing, and how many days are left."),
    "candidate": _(
        "The score with its lines, the rank, ‘What if?’, and the days on which the score will change."
    ),
    "refused": _(
        "Three programs, each with the rules that are not met, the answers, and what would change it."
    ),
    "invited": _(
        "The letter with its deadline, and the choice to decline. The validation code of a nominee."
    ),
    "claimant": _("A nomination that earns nothing yet: who must act next."),
    "officer": _("The officers’ desk: plan a round, the preview, the jobs, allowances for classrooms."),
    "senior": _("The same desk with the right to run the rounds of others, and to publish them."),
    "auditor": _("The log of officers’ actions: who did what, and who opened whose data."),
    "ontario": _("The province’s page: claims that wait, and the form that confirms a nomination."),
}
"""What to show a group with each of the demo's accounts."""

NOTHING_SENT = StateWords("none", _("No profile yet"), "")
DRAFTS = {
    DraftState.OPEN: StateWords("part", _("Filling in a profile"), ""),
    DraftState.LAPSED: StateWords("wait", _("The unfinished profile has lapsed"), ""),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One account of the demo: whose it is, where it stands, what to look at, and the exercises that use it."""

    username: str
    name: str
    shows: Promise
    look_at: Promise
    role: str
    stands: StateWords
    score: int | None
    exercises: list[ContentFile]


def samples(exercises: Iterable[ContentFile], at: datetime) -> list[Sample]:
    """Return the demo's accounts that there are, in the order of the demo's own list, as they stand at an instant."""
    usernames = [stage.username for stage in demo_accounts.STAGES]
    made = User.objects.in_bulk(usernames, field_name="username")
    profiles = _newest_profiles(made.values())
    drafts = _newest_drafts(made.values())
    found = []
    for stage in demo_accounts.STAGES:
        if (account := made.get(stage.username)) is None:
            continue
        profile = profiles.get(account.pk)
        found.append(
            Sample(
                username=stage.username,
                name=f"{account.given_names} {account.family_name}".strip(),
                shows=stage.shows,
                look_at=LOOK_AT[stage.username],
                role=account.get_role_display(),
                stands=_stands(profile, drafts.get(account.pk), at),
                score=_score(profile, at),
                exercises=[one for one in exercises if stage.username in one.front.accounts],
            )
        )
    return found


def _newest_profiles(accounts: Iterable[User]) -> dict[int, Profile]:
    held = Profile.objects.filter(account__in=accounts).select_related("entry")
    return {one.account_id: one for one in held.order_by("submitted_at", "pk")}


def _newest_drafts(accounts: Iterable[User]) -> dict[int, Draft]:
    return {one.account_id: one for one in Draft.objects.filter(account__in=accounts).order_by("pk")}


def _stands(profile: Profile | None, draft: Draft | None, at: datetime) -> StateWords:
    """Return the words for the newest profile; where none was ever sent, for what was begun."""
    if profile:
        return STATES[ProfileState(profile.entry.state_at(at))]
    return DRAFTS.get(DraftState(draft.state_at(at)), NOTHING_SENT) if draft else NOTHING_SENT


def _score(profile: Profile | None, at: datetime) -> int | None:
    """Return the score of somebody in the pool."""
    if profile and profile.entry.state_at(at) == ProfileState.IN_POOL:
        return profile.entry.score
    return None
