"""The history of a profile: its scores over time, its versions, and the answers of each."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lifecycle.middleware import PortalRequest
from profiles.facts import answers_of
from profiles.history import history_of
from profiles.models import Submission
from profiles.readout import blocks
from profiles.views.access import opened_profile


@login_required
@require_safe
def history(request: PortalRequest, number: str) -> HttpResponse:
    """Show what moved the score, page by page, and what each version changed."""
    profile = opened_profile(request, number)
    context = {"profile": profile, "history": history_of(profile, request.GET.get("page"))}
    return render(request, "profiles/history.html", context)


@login_required
@require_safe
def version(request: PortalRequest, number: str, sequence: int) -> HttpResponse:
    """Show the answers as they were sent at one time."""
    profile = opened_profile(request, number)
    submission = get_object_or_404(Submission, profile=profile, sequence=sequence)
    context = {
        "profile": profile,
        "submission": submission,
        "blocks": blocks(answers_of(submission.facts, submission.personal)),
    }
    return render(request, "profiles/version.html", context)
