"""The officers' pages: the pool, and a round from its plan to its publication."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import account_id, officer_may
from accounts.desk.officer_proof import second_factor_required, typed_before
from draws import queries, services
from draws.charts.pool_charts import pool_chart, ten_point_bands
from draws.correcting.shown import prepared_of
from draws.errors import CategoryNotInForce, OutsideThePeriod, PreviewChanged, RoundAlreadyStarted, SamePerson
from draws.models import Round
from draws.officers import desk, looked, preview_desk
from draws.officers.forms import CancelForm, ConfirmForm, PlanForm, like
from draws.public import instructions
from draws.recurring.waiting import waiting
from draws.running import seeing
from draws.running.previewing import Confirmed
from draws.tasks import run_round
from lifecycle.errors import DomainError
from lifecycle.middleware import PortalRequest
from lifecycle.tables import RoundState

ROUNDS_A_PAGE = 25
SECONDS_BETWEEN_LOOKS = 3


@officer_may("draws.view_round")
@require_safe
def rounds(request: PortalRequest) -> HttpResponse:
    """Every round of this simulator with its state, the newest first."""
    held = Round.objects.select_related("planned_by", "queued_by", "occurrence__plan")
    page = Paginator(held, ROUNDS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": desk.rows_of(page.object_list),
        "waiting": waiting(request.at) if request.user.has_perm("draws.change_round") else [],
    }
    return render(request, "draws/officers/rounds.html", context)


@officer_may("draws.view_round")
@require_safe
def pool(request: PortalRequest) -> HttpResponse:
    """The pool by score, as a picture and in IRCC's bands."""
    by_score = queries.pool_by_score(request.at)
    bands = desk.bands_of(by_score)
    context = {
        "chart": pool_chart(ten_point_bands(by_score)),
        "bands": bands,
        "most": max(row.count for row in bands),
        "total": sum(by_score.values()),
    }
    return render(request, "draws/officers/pool.html", context)


@officer_may("draws.add_round")
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: PortalRequest) -> HttpResponse:
    """The instruction of a new round."""
    if request.method != "POST":
        form = PlanForm(at=request.at, initial=next_full_hour(request.at) | _like(request))
        return render(request, "draws/officers/plan.html", {"form": form})
    form = PlanForm(request.POST, at=request.at)
    if not form.is_valid():
        return render(request, "draws/officers/plan.html", {"form": form})
    planned = services.plan_next(planned=form.instruction(), officer_id=request.user.pk, at=request.at)
    messages.success(request, _("The round is planned. Look at its preview."))
    return redirect("admin:draws_round_change", planned.pk)


@officer_may("draws.view_round")
@require_safe
def round_page(request: PortalRequest, pk: int) -> HttpResponse:
    """A round in its present state: preview, progress, result, or cancelled."""
    held = _round(pk)
    if held.state == RoundState.PLANNED:
        typed = typed_before(request, reverse("admin:draws_round_run", args=[pk]))
        return _preview(request, held, ConfirmForm(planned=held, initial=typed))
    if held.state == RoundState.CANCELLED:
        context = {"row": desk.row_of(held), "log": desk.log_of(held)}
        return render(request, "draws/officers/cancelled.html", context)
    return _result(request, held)


@officer_may("draws.change_round")
@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def run(request: PortalRequest, pk: int) -> HttpResponse:
    """Start a planned round, or confirm it for its time, once its number was typed."""
    held = _round(pk)
    if request.method != "POST":
        return redirect("admin:draws_round_change", pk)
    form = ConfirmForm(request.POST, planned=held)
    if held.state == RoundState.PLANNED and not form.is_valid():
        return _preview(request, held, form)
    try:
        _confirm(request, held, form) if "at_its_time" in request.POST else _start(request, held, form)
    except PreviewChanged as refusal:
        again = ConfirmForm(planned=held, initial={"why": _why(form)})
        return _preview(request, held, again, change=refusal)
    except RoundAlreadyStarted as refusal:
        return _told_who(request, pk, refusal)
    except (SamePerson, CategoryNotInForce, OutsideThePeriod) as refusal:
        form.add_error(None, str(refusal.message))
        return _preview(request, held, form)
    return redirect("admin:draws_round_change", pk)


@officer_may("draws.change_round")
@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask once more, and why, then cancel a planned round."""
    held = _round(pk)
    form = CancelForm(request.POST or None, initial=typed_before(request, request.path))
    if held.state == RoundState.PLANNED and not (request.method == "POST" and form.is_valid()):
        return render(request, "draws/officers/cancel.html", {"row": desk.row_of(held), "form": form})
    try:
        services.cancel(planned=held, officer_id=request.user.pk, at=request.at, why=_why(form))
    except DomainError as refusal:
        return _told_who(request, pk, refusal)
    messages.success(request, _("The round is cancelled."))
    return redirect("admin:draws_round_change", pk)


@officer_may("draws.change_round")
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: PortalRequest, pk: int) -> HttpResponse:
    """Show a completed round to everybody."""
    if request.method != "POST":
        return redirect("admin:draws_round_change", pk)
    try:
        services.publish(completed=_round(pk), officer_id=request.user.pk, at=request.at)
    except DomainError as refusal:
        return _told_who(request, pk, refusal)
    messages.success(request, _("The round is published. Everybody can see it now."))
    return redirect("admin:draws_round_change", pk)


def next_full_hour(at: datetime) -> dict[str, object]:
    """Return the day and hour with which the plan of a round begins."""
    hour = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return {"day": hour.date(), "hour": hour.time()}


def _round(pk: int) -> Round:
    known = ("planned_by", "confirmed_by", "queued_by", "occurrence__plan")
    return get_object_or_404(Round.objects.select_related(*known), pk=pk)


def _like(request: PortalRequest) -> dict[str, object]:
    """Return the instruction of the round that is to be planned anew, where the address names one."""
    number = request.GET.get("like", "")
    held = Round.objects.filter(number=number).first() if number.isdecimal() and len(number) <= 6 else None
    return like(held) if held else {}


def _start(request: PortalRequest, planned: Round, form: ConfirmForm) -> None:
    services.queue(
        planned=planned,
        officer_id=account_id(request),
        at=request.at,
        why=_why(form),
        confirmed=_confirmed(request),
    )
    run_round.delay_on_commit(planned.pk)


def _confirm(request: PortalRequest, planned: Round, form: ConfirmForm) -> None:
    services.confirm(
        planned=planned,
        officer_id=account_id(request),
        at=request.at,
        why=_why(form),
        confirmed=_confirmed(request),
    )
    messages.success(request, _("The round is confirmed. It runs by itself at its time."))


def _confirmed(request: PortalRequest) -> Confirmed:
    """Return the preview that stood on the page from which the button was pressed."""
    return Confirmed(request.POST.get("token", ""), request.POST.get("packed", ""))


def _why(form: ConfirmForm | CancelForm) -> str:
    """Return the reason that was typed; nothing of a form that is judged too late to matter."""
    return str(form.cleaned_data.get("why", "")) if form.is_valid() else ""


def _preview(
    request: PortalRequest, held: Round, form: ConfirmForm, change: PreviewChanged | None = None
) -> HttpResponse:
    preview = preview_desk.preview_of(held, request.at, request.GET.get("page"))
    if preview.count and request.user.has_perm("profiles.view_poolentry"):
        looked.previewed(request, held, preview.page.number)
    context = {
        "row": desk.row_of(held),
        "form": form,
        "preview": preview,
        "change": change,
        "way": preview_desk.way_of(held, request.user.pk, request.at),
    }
    return render(request, "draws/officers/preview.html", context)


def _result(request: PortalRequest, held: Round) -> HttpResponse:
    """Show how far a started round is; while something is left to do, the page looks again by itself."""
    progress = desk.progress_of(held, request.at)
    refreshes = not progress.complete and "still" not in request.GET
    context = {
        "row": desk.row_of(held),
        "progress": progress,
        "refreshes": refreshes,
        "result": desk.result_of(held),
        "corrections": prepared_of(held),
        "text": instructions.text(held) if held.ran_at else None,
        "differences": seeing.differences_of(held),
        "log": desk.log_of(held),
    }
    response = render(request, "draws/officers/result.html", context)
    if refreshes:
        response.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


def _told_who(request: PortalRequest, pk: int, refusal: DomainError) -> HttpResponse:
    """Say that somebody was first: who, when, and what they did."""
    held = _round(pk)
    cancelled = held.state == RoundState.CANCELLED
    context = {
        "row": desk.row_of(held),
        "refusal": _("This round was cancelled. Nobody is invited by it.") if cancelled else refusal.message,
        "log": desk.log_of(held),
    }
    return render(request, "draws/officers/too_late.html", context, status=409)
