"""A candidate's nomination, and the desk of a province's staff who confirm nominations."""

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import officer_may
from accounts.desk.officer_log import Verb, about_list, note
from accounts.desk.officer_proof import second_factor_required, typed_before
from accounts.limiting.limits import NOMINATION, judged
from accounts.limiting.same_time import same_time
from accounts.limiting.too_many import too_many
from accounts.models import User
from eligibility.fields import PROVINCES
from lifecycle.errors import DomainError
from lifecycle.middleware import PortalRequest
from profiles import nominating
from profiles.claimants import claimants
from profiles.errors import NominationUnknown
from profiles.forms.confirming import ConfirmNominationForm
from profiles.models import Nomination
from profiles.nomination_words import shown
from profiles.views.access import own_profile, refused

CLAIMS_A_PAGE = 25
ANSWERS = {"accept": nominating.accept, "refuse": nominating.refuse}


@login_required
@require_safe
def nomination(request: PortalRequest, number: str) -> HttpResponse:
    """Show the nomination of a profile: its state in words, who must act, and until when."""
    found = own_profile(request, number)
    context = {"profile": found, "held": shown(found, request.at)}
    return render(request, "profiles/nomination.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: PortalRequest, number: str, way: str) -> HttpResponse:
    """Ask once more, then accept the nomination or do not accept it, for good."""
    found = own_profile(request, number)
    held = shown(found, request.at)
    if held is None or way not in ANSWERS:
        return redirect("profiles:nomination", found.number)
    if request.method == "POST":
        try:
            ANSWERS[way](nomination=held.nomination, at=request.at)
        except DomainError as refusal:
            return refused(request, refusal)
        flash.success(
            request,
            _("You accepted the nomination. Your score is worked out anew.")
            if way == "accept"
            else _("You did not accept the nomination. Your profile is as it was."),
        )
        return redirect("profiles:nomination", found.number)
    if not held.can_answer:
        return redirect("profiles:nomination", found.number)
    return render(
        request,
        "profiles/nomination_answer.html",
        {"profile": found, "held": held, "accepts": way == "accept"},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@officer_may("profiles.change_nomination")
@second_factor_required
def province(request: PortalRequest) -> HttpResponseBase:
    """List the claims that wait for the staff's province, and confirm one by its number and code."""
    staff = request.user
    if not isinstance(staff, User):
        raise PermissionDenied
    if request.method == "POST":
        form = ConfirmNominationForm(request.POST, today=request.today)
        if form.is_valid() and (answered := _confirm(request, staff, form)):
            return answered
        return _desk(request, staff, form)
    note(
        officer_id=staff.pk,
        verb=Verb.LISTED,
        about=about_list(Nomination, province=staff.province, page=request.GET.get("page", "")[:8]),
        at=request.at,
    )
    typed = typed_before(request, request.path)
    return _desk(request, staff, ConfirmNominationForm(initial=_initial(typed), today=request.today))


def _initial(typed: dict[str, str]) -> dict[str, str]:
    """What was typed before the proof was asked for, but for the code, which is typed anew."""
    return {"number": typed["number"]} if "number" in typed else {}


def _confirm(request: PortalRequest, staff: User, form: ConfirmNominationForm) -> HttpResponse | None:
    """Confirm what was typed, and lead back to the desk; None, with the error in the form, where it cannot be."""
    told = form.cleaned_data
    pair = {"staff": staff, "number": told["number"], "code": told["code"], "at": request.at}
    with same_time():
        right = judged(request, NOMINATION, staff.pk, lambda: nominating.found(**pair) is not None)
        if right is None:
            return too_many(request, NOMINATION, staff.pk)
        try:
            held = nominating.confirm(**pair, issued_on=told["issued_on"], expires_on=told["expires_on"])
        except DomainError as refusal:
            form.add_error("number" if isinstance(refusal, NominationUnknown) else None, str(refusal.message))
            return None
    words = _("The nomination of profile %(number)s is confirmed. Its candidate has 30 days to accept it.")
    flash.success(request, words % {"number": held.profile.number})
    return redirect("profiles:province")


def _desk(request: PortalRequest, staff: User, form: ConfirmNominationForm) -> HttpResponse:
    page = Paginator(nominating.waiting_for(staff, request.at), CLAIMS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "page": page,
        "claims": claimants(list(page)),
        "province": dict(PROVINCES).get(staff.province),
    }
    return render(request, "province/desk.html", context)
