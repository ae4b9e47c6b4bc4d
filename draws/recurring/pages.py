"""What the officers' pages of recurring plans share: the plan as it is shown, and what a refusal leads to."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import account_id
from draws.models import RecurringPlan
from draws.recurring.turns import with_turns
from draws.recurring.words import Listed, listed
from lifecycle.errors import DomainError
from lifecycle.middleware import PortalRequest

CONFLICT = 409
DAYS_SHOWN = 8
FORM_METHODS = ["GET", "HEAD", "POST"]


def plan_of(request: PortalRequest, pk: int) -> RecurringPlan:
    """Return a plan with its turns; 404 where there is none for this officer."""
    return get_object_or_404(with_turns(RecurringPlan.objects.visible_to(request.user), request.at), pk=pk)


def shown(request: PortalRequest, plan: RecurringPlan) -> Listed:
    """Return a plan in words with its next days."""
    return listed(plan, request.at, DAYS_SHOWN)


def do(
    request: PortalRequest, plan: RecurringPlan, deed: Callable[..., RecurringPlan], said: str, **told: Any
) -> HttpResponse:
    """Do something with a plan for the officer who asks, and lead to its page; or say why it is refused."""
    try:
        deed(plan=plan, officer_id=account_id(request), at=request.at, **told)
    except DomainError as refusal:
        return refused(request, plan, refusal)
    messages.success(request, said)
    return redirect("admin:draws_recurringplan_change", plan.pk)


def refused(request: PortalRequest, plan: RecurringPlan, refusal: DomainError) -> HttpResponse:
    """Say why nothing was done, and where the plan stands."""
    context = {"row": shown(request, plan_of(request, plan.pk)), "refusal": refusal.message}
    return render(request, "draws/recurring/refused.html", context, status=CONFLICT)
