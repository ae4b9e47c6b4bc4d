"""The officers' pages of recurring plans, and the calendar of rounds."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import account_id, officer_may
from draws.models import RecurringPlan
from draws.models.recurring import MOST_STEPS
from draws.recurring import services
from draws.recurring.errors import PlanRuns
from draws.recurring.forms import DaysForm, StepForm, typed_of, typed_of_step
from draws.recurring.month import month_named, month_of
from draws.recurring.pages import FORM_METHODS, do, plan_of, refused, shown
from draws.recurring.turns import with_turns
from draws.recurring.words import listed, step_of
from lifecycle.middleware import PortalRequest

PLANS_A_PAGE = 25
SKIPPED_SHOWN = 12


@officer_may("draws.view_round")
@require_safe
def calendar(request: PortalRequest) -> HttpResponse:
    """A month of rounds: held, planned, and about to be planned."""
    first = month_named(request.GET.get("month", ""), request.today)
    return render(request, "draws/recurring/calendar.html", {"month": month_of(first, request.at)})


@officer_may("draws.view_recurringplan")
@require_safe
def plans(request: PortalRequest) -> HttpResponse:
    """Every recurring plan with its state and its next round, the newest first."""
    held = with_turns(RecurringPlan.objects.visible_to(request.user), request.at).order_by("-pk")
    page = Paginator(held, PLANS_A_PAGE).get_page(request.GET.get("page"))
    rows = [listed(plan, request.at, 1) for plan in page.object_list]
    return render(request, "draws/recurring/plans.html", {"page": page, "rows": rows})


@officer_may("draws.add_recurringplan")
@require_http_methods(FORM_METHODS)
def add(request: PortalRequest) -> HttpResponse:
    """The name and the days of a new plan; its rounds follow on its page."""
    form = DaysForm(request.POST or None, today=request.today)
    if request.method != "POST" or not form.is_valid():
        return render(request, "draws/recurring/days.html", {"form": form, "row": None})
    made = services.set_up(told=form.told(), officer_id=account_id(request), at=request.at)
    messages.success(request, _("The plan is kept. Add the rounds that take turns, then start it."))
    return redirect("admin:draws_recurringplan_change", made.pk)


@officer_may("draws.view_recurringplan")
@require_safe
def plan_page(request: PortalRequest, pk: int) -> HttpResponse:
    """One plan: its rule, its rounds, its next days, and the days that were skipped last."""
    plan = plan_of(request, pk)
    skipped = plan.occurrences.model.objects.filter(plan=plan).exclude(skipped="").order_by("-day")
    context = {
        "row": shown(request, plan),
        "changeable": plan.state in services.CHANGEABLE,
        "author_may": plan.author.has_perm("draws.change_recurringplan"),
        "room": len(plan.steps.all()) < MOST_STEPS,
        "skipped": skipped[:SKIPPED_SHOWN],
        "skipped_count": skipped.count(),
    }
    return render(request, "draws/recurring/plan.html", context)


@officer_may("draws.change_recurringplan")
@require_http_methods(FORM_METHODS)
def days(request: PortalRequest, pk: int) -> HttpResponse:
    """Another name, other days or another hour for a plan that does not run."""
    plan = plan_of(request, pk)
    form = DaysForm(request.POST or None, today=request.today, initial=typed_of(plan))
    if request.method == "POST" and form.is_valid():
        return do(request, plan, services.change, _("The plan is changed."), told=form.told())
    return _form_page(request, plan, "draws/recurring/days.html", {"form": form})


@officer_may("draws.change_recurringplan")
@require_http_methods(FORM_METHODS)
def step_add(request: PortalRequest, pk: int) -> HttpResponse:
    """One more round that takes its turn."""
    return _step(request, plan_of(request, pk), None, {})


@officer_may("draws.change_recurringplan")
@require_http_methods(FORM_METHODS)
def step(request: PortalRequest, pk: int, position: int) -> HttpResponse:
    """Another instruction for one of the rounds that take turns."""
    plan = plan_of(request, pk)
    held = get_object_or_404(plan.steps, position=position)
    return _step(request, plan, position, typed_of_step(held))


@officer_may("draws.change_recurringplan")
@require_http_methods(FORM_METHODS)
def step_remove(request: PortalRequest, pk: int, position: int) -> HttpResponse:
    """Ask once, then take a round out of those that take turns."""
    plan = plan_of(request, pk)
    held = get_object_or_404(plan.steps, position=position)
    if request.method == "POST":
        said = _("The round is taken out of the plan.")
        return do(request, plan, services.remove_step, said, position=position)
    return _form_page(request, plan, "draws/recurring/remove.html", {"step": step_of(held)})


def _step(
    request: PortalRequest, plan: RecurringPlan, position: int | None, initial: dict[str, Any]
) -> HttpResponse:
    form = StepForm(request.POST or None, today=request.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = _("The round of the plan is kept.")
        return do(request, plan, services.put_step, said, position=position, told=form.told())
    context = {"form": form, "position": position or len(plan.steps.all()) + 1}
    return _form_page(request, plan, "draws/recurring/step.html", context)


def _form_page(
    request: PortalRequest, plan: RecurringPlan, template: str, context: dict[str, Any]
) -> HttpResponse:
    """Show a form that changes a plan; say at once when the plan cannot be changed now."""
    if plan.state not in services.CHANGEABLE:
        return refused(request, plan, PlanRuns())
    return render(request, template, {**context, "row": shown(request, plan)})
