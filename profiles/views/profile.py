"""A submitted profile: its status, what was sent, its update and its withdrawal."""

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.telling.inbox import lines_of
from lifecycle.errors import DomainError
from lifecycle.middleware import PortalRequest
from lifecycle.tables import AGEING_PROFILE, ProfileState
from profiles import assessing, nomination_words
from profiles.facts import answers_of
from profiles.queries import correspondence, invitation_message, versions_of
from profiles.readout import blocks
from profiles.services import open_update
from profiles.services import withdraw as withdraw_profile
from profiles.states import OVER, STATES, programs_in
from profiles.verdicts import outcome_of
from profiles.views.access import opened_profile, own_profile, refused
from rules import facts


@login_required
@require_safe
def profile(request: PortalRequest, number: str) -> HttpResponse:
    """Show the state of a profile in words, its numbers, and the answers as they were sent."""
    found = opened_profile(request, number)
    state = ProfileState(found.entry.state_at(request.at))
    newest = versions_of(found)[0]
    own = found.account_id == request.user.pk
    context = {
        "profile": found,
        "state": state,
        "words": STATES[state],
        "programs": programs_in(found.entry.programs),
        "newest": newest,
        "blocks": blocks(answers_of(newest.submission.facts, newest.submission.personal)),
        "own": own,
        "can_change": own and state in AGEING_PROFILE,
        "over": state in OVER,
        "held": nomination_words.shown(found, request.at) if own else None,
        "grace": assessing.grace_on(newest.submission, request.today)
        if own and state == ProfileState.IN_POOL
        else None,
        "letters": lines_of(correspondence(found)) if own else [],
        "invitation": invitation_message(found) if own and state == ProfileState.INVITED else None,
        "outcome": outcome_of(facts.parse(newest.submission.facts), found.entry.as_of)
        if state == ProfileState.INELIGIBLE
        else None,
    }
    return render(request, "profiles/profile.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def update(request: PortalRequest, number: str) -> HttpResponse:
    """Begin an update, or go on with the one that was begun. Who had to sign in on the way gets the button again."""
    found = own_profile(request, number)
    if request.method != "POST":
        return redirect("profiles:profile", found.number)
    try:
        open_update(profile=found, at=request.at)
    except DomainError as refusal:
        return refused(request, refusal)
    return redirect("profiles:tasks")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: PortalRequest, number: str) -> HttpResponse:
    """Warn, then take the profile out of the pool for good."""
    found = own_profile(request, number)
    if request.method == "POST":
        try:
            withdraw_profile(profile=found, at=request.at)
        except DomainError as refusal:
            return refused(request, refusal)
        flash.success(request, _("Your profile is withdrawn."))
        return redirect("profiles:profile", found.number)
    if found.entry.state_at(request.at) not in AGEING_PROFILE:
        return redirect("profiles:profile", found.number)
    return render(request, "profiles/withdraw.html", {"profile": found})
