"""The pages that belong to no single room."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from draws.history import PublishedRound, published_rounds
from lifecycle.middleware import PortalRequest


@require_safe
def home(request: PortalRequest) -> HttpResponse:
    """Show what the simulator is and the ways in."""
    context = {"first": published_rounds()[0], "latest": latest_published(request.today)}
    return render(request, "home.html", context)


def latest_published(on: date) -> PublishedRound:
    """Return the newest round published by a day; the very first one before that."""
    known = [held for held in published_rounds() if held.day <= on]
    return known[-1] if known else published_rounds()[0]
