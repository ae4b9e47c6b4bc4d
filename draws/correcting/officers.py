"""The officers' pages of a correction: prepared by one, confirmed by another or dropped, then what came of it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import account_id, officer_may
from accounts.desk.officer_proof import second_factor_required, typed_before
from draws.correcting import services
from draws.correcting.errors import SamePersonCorrects
from draws.correcting.forms import ConfirmCorrectionForm, CorrectForm, DropForm
from draws.correcting.shown import page_of
from draws.models import PlannedCorrection, Round
from draws.officers import desk, looked
from draws.tasks import correct_rounds
from lifecycle.errors import DomainError
from lifecycle.middleware import PortalRequest
from lifecycle.tables import CorrectionState

SECONDS_BETWEEN_LOOKS = 3


@officer_may("draws.add_round")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: PortalRequest, pk: int) -> HttpResponse:
    """Prepare the correction of a round that has run."""
    held = get_object_or_404(Round, pk=pk)
    if held.state not in services.CORRECTABLE:
        return redirect("admin:draws_round_change", pk)
    form = CorrectForm(request.POST if request.method == "POST" else None, held=held, at=request.at)
    if form.is_bound and form.is_valid():
        try:
            planned = _prepare(request, held, form)
        except DomainError as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(
                request, _("The correction is prepared. Look at its list; nothing was withdrawn yet.")
            )
            return redirect("admin:draws_correction", planned.pk)
    return render(request, "draws/officers/correct.html", {"row": desk.row_of(held), "form": form})


@officer_may("draws.view_round")
@require_safe
def correction(request: PortalRequest, pk: int) -> HttpResponse:
    """A correction in its present state: what it would do, that it is being carried out, or what came of it."""
    planned = _planned(pk)
    typed = typed_before(request, reverse("admin:draws_correction_confirm", args=[pk]))
    form = ConfirmCorrectionForm(expected=len(planned.invitations), initial=typed)
    return _page(request, planned, form)


@officer_may("draws.change_round")
@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: PortalRequest, pk: int) -> HttpResponse:
    """Let a prepared correction be carried out, once its number was typed."""
    planned = _planned(pk)
    if request.method != "POST":
        return redirect("admin:draws_correction", pk)
    form = ConfirmCorrectionForm(request.POST, expected=len(planned.invitations))
    if planned.state == CorrectionState.PREPARED and not form.is_valid():
        return _page(request, planned, form)
    try:
        services.confirm(planned=planned, officer_id=account_id(request), at=request.at, why=_why(form))
    except SamePersonCorrects as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, planned, form)
    except DomainError as refusal:
        return _too_late(request, planned, refusal)
    correct_rounds.delay_on_commit()
    return redirect("admin:draws_correction", pk)


@officer_may("draws.add_round")
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask once more, and why, then drop a prepared correction."""
    planned = _planned(pk)
    form = DropForm(request.POST or None)
    if planned.state == CorrectionState.PREPARED and not (request.method == "POST" and form.is_valid()):
        context = {"row": desk.row_of(planned.round), "planned": planned, "form": form}
        return render(request, "draws/officers/correction_drop.html", context)
    try:
        services.drop(planned=planned, officer_id=account_id(request), at=request.at, why=_why(form))
    except DomainError as refusal:
        return _too_late(request, planned, refusal)
    messages.success(request, _("The correction is dropped. Nothing was withdrawn."))
    return redirect("admin:draws_round_change", planned.round_id)


def _prepare(request: PortalRequest, held: Round, form: CorrectForm) -> PlannedCorrection:
    return services.prepare(
        round_id=held.pk,
        asked=form.asked,
        invitations=form.invitations,
        reason_en=form.cleaned_data["reason_en"],
        reason_fr=form.cleaned_data["reason_fr"],
        officer_id=account_id(request),
        at=request.at,
    )


def _planned(pk: int) -> PlannedCorrection:
    return get_object_or_404(PlannedCorrection.objects.select_related("round", "prepared_by"), pk=pk)


def _why(form: ConfirmCorrectionForm | DropForm) -> str:
    return str(form.cleaned_data.get("why", "")) if form.is_valid() else ""


def _page(request: PortalRequest, planned: PlannedCorrection, form: ConfirmCorrectionForm) -> HttpResponse:
    shown = page_of(planned, request.at, request.GET.get("page"))
    looked.corrected(request, planned, shown.page.number)
    alone = settings.EEPORTAL_FOUR_EYES and planned.prepared_by_id == request.user.pk
    context = {
        "row": desk.row_of(planned.round),
        "planned": planned,
        "shown": shown,
        "form": form,
        "may_confirm": not alone,
        "four_eyes": settings.EEPORTAL_FOUR_EYES,
    }
    response = render(request, "draws/officers/correction.html", context)
    if planned.state == CorrectionState.CONFIRMED and "still" not in request.GET:
        response.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


def _too_late(request: PortalRequest, planned: PlannedCorrection, refusal: DomainError) -> HttpResponse:
    """Say that somebody was first: the correction's page shows who."""
    context = {"row": desk.row_of(planned.round), "planned": planned, "refusal": refusal.message}
    return render(request, "draws/officers/correction_too_late.html", context, status=409)
