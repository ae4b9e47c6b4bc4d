"""Allowances: wider limits for the address of a classroom, for a while."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import account_id, officer_may
from accounts.desk import officers
from accounts.desk.officer_proof import second_factor_required, typed_before
from accounts.forms.officers import AllowanceForm, EndAllowanceForm
from accounts.models import Allowance
from lifecycle import clock
from lifecycle.errors import DomainError
from lifecycle.middleware import PortalRequest

ALLOWANCES_A_PAGE = 50


@officer_may("accounts.view_allowance")
@require_safe
def allowances(request: PortalRequest) -> HttpResponse:
    """Every allowance, those that end last first."""
    given = Allowance.objects.select_related("given_by")
    page = Paginator(given, ALLOWANCES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/officers/allowances.html", {"page": page, "now": clock.real_now()})


@officer_may("accounts.add_allowance")
@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def give_allowance(request: PortalRequest) -> HttpResponse:
    """Widen the limits for one address."""
    form = AllowanceForm(request.POST or None, initial=typed_before(request, request.path))
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/officers/give_allowance.html", {"form": form})
    officers.give_allowance(
        address=form.cleaned_data["address"],
        factor=form.cleaned_data["factor"],
        lasts=form.lasts,
        officer_id=account_id(request),
        why=form.cleaned_data["why"],
        at=request.at,
    )
    messages.success(request, _("The allowance is given. It holds from now."))
    return redirect("admin:accounts_allowance_changelist")


@officer_may("accounts.add_allowance")
@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_allowance(request: PortalRequest, pk: int) -> HttpResponse:
    """End an allowance before its time, and say why."""
    allowance = get_object_or_404(Allowance, pk=pk)
    form = EndAllowanceForm(request.POST or None, initial=typed_before(request, request.path))
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "allowance": allowance}
        return render(request, "accounts/officers/end_allowance.html", context)
    try:
        officers.end_allowance(
            allowance=allowance, officer_id=account_id(request), why=form.cleaned_data["why"], at=request.at
        )
    except DomainError as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("The allowance has ended. The usual limits apply."))
    return redirect("admin:accounts_allowance_changelist")
