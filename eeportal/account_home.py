"""What an account's home shows, gathered from the rooms that hold it."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Message
from accounts.telling.inbox import Line, lines_of
from draws.correcting.told import Withdrawn, withdrawn_last
from draws.models import Invitation
from draws.queries import Standing, open_invitation, pool_by_score, standing
from lifecycle.tables import LIVE_PROFILE, DraftState, ProfileState
from profiles.models import Draft, Profile
from profiles.nomination_words import NominationShown
from profiles.nomination_words import shown as shown_nomination
from profiles.progress import Progress, days_left, progress_of
from profiles.queries import profiles_of
from profiles.states import STATES, StateWords, programs_in

MESSAGES_SHOWN = 5


@dataclass(frozen=True)
class Held:
    """A submitted profile as it stands."""

    profile: Profile
    state: str
    days_left: int

    @property
    def words(self) -> StateWords:
        return STATES[ProfileState(self.state)]

    @property
    def programs(self) -> list[str]:
        return programs_in(self.profile.entry.programs)

    @property
    def in_pool(self) -> bool:
        return self.state == ProfileState.IN_POOL


@dataclass(frozen=True)
class Begun:
    """A draft that can still be sent."""

    draft: Draft
    progress: Progress
    days_left: int


@dataclass(frozen=True)
class Account:
    """All of it. ``live`` is the one profile that is in the pool, not eligible or invited."""

    live: Held | None
    past: list[Held]
    standing: Standing | None
    invitation: Invitation | None
    withdrawn: Withdrawn | None
    nomination: NominationShown | None
    begun: Begun | None
    lapsed: Draft | None
    messages: list[Line]
    message_count: int
    unread: int


def account_of(account_id: int, *, at: datetime, today: date) -> Account:
    """Return what an account holds at an instant."""
    held = [Held(p, p.entry.state_at(at), days_left(p.expires_at, at)) for p in profiles_of(account_id)]
    live = next((one for one in held if one.state in LIVE_PROFILE), None)
    newest = newest_draft(account_id)
    begun = lapsed = None
    if newest and newest.state_at(at) == DraftState.OPEN:
        begun = Begun(newest, progress_of(newest, today), days_left(newest.deadline, at))
    elif newest and newest.state_at(at) == DraftState.LAPSED:
        lapsed = newest
    messages = Message.objects.filter(account_id=account_id).order_by("-at", "-pk")
    return Account(
        live=live,
        past=[one for one in held if one is not live],
        standing=standing(live.profile.entry, pool_by_score(at), at) if live and live.in_pool else None,
        invitation=open_invitation(live.profile.pk) if live and live.state == ProfileState.INVITED else None,
        withdrawn=withdrawn_last(live.profile.pk) if live else None,
        nomination=shown_nomination(live.profile, at) if live else None,
        begun=begun,
        lapsed=lapsed,
        messages=lines_of(messages[:MESSAGES_SHOWN]),
        message_count=messages.count(),
        unread=messages.unread().count(),
    )


def newest_draft(account_id: int) -> Draft | None:
    """Return the draft that was begun last."""
    drafts = Draft.objects.filter(account_id=account_id).select_related("profile__entry")
    return drafts.order_by("-started_at", "-pk").first()
