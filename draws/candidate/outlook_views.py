"""'What changes when': its page for a profile and for a draft, and its calendar file."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from draws import queries
from draws.candidate.calendars import calendar_of
from draws.candidate.outlooks import Deadline, Outlook, draft_deadline, invitation_deadline, outlook_of
from draws.officers import looked
from lifecycle.middleware import PortalRequest
from lifecycle.tables import LIVE_PROFILE, ProfileState
from profiles.facts import facts_of, missing
from profiles.models import Draft, Profile
from profiles.services import latest_submission
from profiles.views.access import draft_context, own_profile, with_draft
from rules import facts
from rules.facts import ProfileError

CALENDAR_FILE = "express-entry-dates.ics"


@login_required
@require_safe
def changes(request: PortalRequest, number: str) -> HttpResponse:
    """All that time alone will change for a profile."""
    profiles = Profile.objects.visible_to(request.user).select_related("entry")
    profile = get_object_or_404(profiles, number=number)
    owned = profile.account_id == request.user.pk
    if not owned:
        looked.opened(request, profile.entry)
    state = profile.entry.state_at(request.at)
    context = {
        "profile": profile,
        "outlook": _of_profile(profile, request),
        "live": state in LIVE_PROFILE,
        "owned": owned,
    }
    return render(request, "draws/changes.html", context)


@login_required
@require_safe
def changes_ics(request: PortalRequest, number: str) -> HttpResponse:
    """The same days as a calendar file in the language of the account; only for the profile's owner."""
    profile = own_profile(request, number)
    with translation.override(profile.account.language):
        content = calendar_of(_of_profile(profile, request), owner=profile.pk, at=request.at)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{CALENDAR_FILE}"'
    return response


@with_draft
@require_safe
def draft_changes(request: PortalRequest, draft: Draft) -> HttpResponse:
    """The same for the answers of a draft, once they are enough for a score."""
    outlook = None
    if not missing(draft.answers):
        try:
            answered = facts_of(draft.answers, request.today)
        except ProfileError:
            outlook = None
        else:
            ahead: list[Deadline] = [draft_deadline(draft.deadline)]
            outlook = outlook_of(answered, request.today, deadlines=ahead)
    return render(request, "draws/draft_changes.html", draft_context(request, draft, outlook=outlook))


def _of_profile(profile: Profile, request: PortalRequest) -> Outlook:
    """The outlook of what was sent last, from today on; without an end for a profile that has ended."""
    state = profile.entry.state_at(request.at)
    invitation = queries.open_invitation(profile.pk) if state == ProfileState.INVITED else None
    return outlook_of(
        facts.parse(latest_submission(profile).facts),
        request.today,
        ends_on=profile.entry.expires_at.date() if state in LIVE_PROFILE else None,
        deadlines=[invitation_deadline(invitation.expires_at)] if invitation else [],
    )
