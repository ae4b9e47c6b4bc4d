"""Who may see which draft and profile, and what a draft's page says when the draft is over."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import account_id
from accounts.desk.officer_log import Verb, about_record, note
from lifecycle.errors import DomainError
from lifecycle.middleware import PortalRequest
from lifecycle.tables import AGEING_PROFILE, DraftState, ProfileState
from profiles.asking import Section
from profiles.errors import ProfileLocked, ProfileOver
from profiles.models import Draft, Profile
from profiles.progress import days_left
from profiles.readout import blocks
from profiles.sections import shown

DraftView = Callable[..., HttpResponse]
CONFLICT = 409


def with_draft(view: DraftView) -> DraftView:
    """Give a view the account's open draft; where there is none to work on, say why and what to do instead."""

    @login_required
    @wraps(view)
    def guarded(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        draft = newest_draft(request)
        if draft is None or draft.state in (DraftState.SUBMITTED, DraftState.DISCARDED):
            return redirect("profiles:start")
        if draft.state_at(request.at) == DraftState.LAPSED:
            return lapsed(request, draft)
        try:
            refuse_unless_changeable(draft, request)
            return view(request, draft, *args, **kwargs)
        except DomainError as refusal:
            return refused(request, refusal)

    return guarded


def newest_draft(request: PortalRequest) -> Draft | None:
    """Return the account's draft that was begun last, whatever has become of it."""
    drafts = Draft.objects.visible_to(request.user).select_related("profile__entry")
    return drafts.order_by("-started_at", "-pk").first()


def refuse_unless_changeable(draft: Draft, request: PortalRequest) -> None:
    """Raise ``ProfileLocked`` or ``ProfileOver`` for an update to a profile that is invited or no longer live."""
    if draft.profile is None:
        return
    state = draft.profile.entry.state_at(request.at)
    if state == ProfileState.INVITED:
        raise ProfileLocked
    if state not in AGEING_PROFILE:
        raise ProfileOver


def lapsed(request: PortalRequest, draft: Draft) -> HttpResponse:
    """Show a draft whose 60 days are over: its answers, and the way to begin anew from them."""
    context = {"draft": draft, "blocks": blocks(draft.answers)}
    return render(request, "profiles/lapsed.html", context, status=CONFLICT)


def refused(request: PortalRequest, refusal: DomainError) -> HttpResponse:
    """Say why something can no longer be done."""
    return render(request, "profiles/refused.html", {"message": refusal.message}, status=CONFLICT)


def section_of(draft: Draft, slug: str, *, listing: bool = False) -> Section:
    """Return a section of a draft; 404 for one that is not shown, or lists nothing where a list is meant."""
    found = next((known for known in shown(draft.answers) if known.slug == slug), None)
    if found is None or (listing and found.entries is None):
        raise Http404
    return found


def own_profile(request: PortalRequest, number: str) -> Profile:
    """Return a profile of the signed-in account, with its place; 404 for any other."""
    profiles = Profile.objects.visible_to(request.user).filter(account_id=request.user.pk)
    return get_object_or_404(profiles.select_related("entry"), number=number)


def opened_profile(request: PortalRequest, number: str) -> Profile:
    """Return a profile that the account may see, with its place; 404 for any other.

    That an officer opened somebody's profile is written down.
    """
    profiles = Profile.objects.visible_to(request.user).select_related("entry")
    found = get_object_or_404(profiles, number=number)
    if found.account_id != request.user.pk:
        about = about_record(found.entry, more=found.number)
        note(officer_id=account_id(request), verb=Verb.OPENED, about=about, at=request.at)
    return found


def draft_context(request: PortalRequest, draft: Draft, **more: Any) -> dict[str, Any]:
    """Return what every page of a draft shows beside its own."""
    return {"draft": draft, "days_left": days_left(draft.deadline, request.at), **more}


def whole(text: str | None) -> int:
    """Return a number that a page sent along; -1, which nothing has, for anything else."""
    return int(text) if text and text.isdecimal() and text.isascii() and len(text) < 19 else -1
