"""Proving anew who one is, before something that could harm the account."""

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.access import account_id
from accounts.factors import one_time_codes
from accounts.factors.fresh_proof import note_proof
from accounts.forms.details import CodeForm, PasswordProofForm
from accounts.limiting.known_devices import counted_as
from accounts.limiting.limits import EMAIL, SECOND_FACTOR, SIGN_IN, give_back, within
from accounts.limiting.too_many import too_many
from accounts.models import Purpose, User
from lifecycle.middleware import PortalRequest


@login_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: PortalRequest) -> HttpResponse:
    """Ask for the password; of an account without one, for a code that is sent by e-mail on a button."""
    account = User.objects.get(pk=account_id(request))
    if account.has_usable_password():
        return _by_password(request, account)
    return _by_code(request, account)


def _by_password(request: PortalRequest, account: User) -> HttpResponse:
    form = PasswordProofForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        subject = counted_as(request, account.username)
        if not within(request, SIGN_IN, subject):
            return too_many(request, SIGN_IN, subject, keep=["next"])
        if account.check_password(form.cleaned_data["password"]):
            give_back(request, SIGN_IN, subject)
            return _onward(request)
        form.add_error("password", _("This is not your password. Small and capital letters differ."))
    return _page(request, form, by_code=False)


def _by_code(request: PortalRequest, account: User) -> HttpResponse:
    if request.method == "POST" and "send" in request.POST:
        if not within(request, EMAIL, account.email):
            return too_many(request, EMAIL, account.email, keep=["next"])
        try:
            one_time_codes.send(account=account, purpose=Purpose.PROVE_AGAIN, email=account.email)
            flash.success(request, _("A code is on its way to your e-mail address."))
        except one_time_codes.CodeNotSent as failure:
            flash.warning(request, str(failure.message))
        return redirect(request.get_full_path())
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not within(request, SECOND_FACTOR, account.pk):
            return too_many(request, SECOND_FACTOR, account.pk, keep=["next"])
        if one_time_codes.check(
            account=account, purpose=Purpose.PROVE_AGAIN, typed=form.cleaned_data["code"]
        ):
            return _onward(request)
        form.add_error("code", _("This code is not right, or its 10 minutes are over. Ask for another one."))
    return _page(request, form, by_code=True)


def _onward(request: PortalRequest) -> HttpResponse:
    note_proof(request)
    return redirect(_next(request) or reverse("accounts:settings"))


def _page(request: PortalRequest, form: CodeForm | PasswordProofForm, *, by_code: bool) -> HttpResponse:
    context = {"form": form, "by_code": by_code, "next": _next(request)}
    return render(request, "accounts/prove.html", context)


def _next(request: PortalRequest) -> str:
    """Return the page of this portal that asked for the proof, and nothing for any other address."""
    address = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe and address.startswith("/") else ""
