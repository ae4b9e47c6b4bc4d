"""The pages that belong to no single room."""

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import account_id
from draws.public.history import PublishedRound, published_rounds
from eeportal.account_home import account_of
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


@login_required
@require_safe
def account_home(request: PortalRequest) -> HttpResponse:
    """Show what the account holds: its profile, what was begun, its messages."""
    account = account_of(account_id(request), at=request.at, today=request.today)
    return render(request, "account/home.html", {"account": account, "demo": settings.DEMO})
