"""Choosing, adding, replacing and removing second factors, and the recovery codes."""

import json
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.utils import decrypt, encrypt
from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.factors import second_factors
from accounts.factors.proofs import fresh_or_first
from accounts.factors.qr import picture_of
from accounts.factors.second_factors import Way
from accounts.forms.finishing import CodeForm, FactorNameForm, PasskeyForm
from accounts.joining.onboarding import go_on, unmet_step
from accounts.limiting.limits import SECOND_FACTOR, give_back, within
from accounts.limiting.too_many import too_many
from accounts.models import User
from accounts.telling import events, notices
from accounts.views.finishing import signed_in, steps_context
from lifecycle.middleware import PortalRequest

FORM_METHODS = ["GET", "HEAD", "POST"]
NEW_APP = "new_app"
"""Where the session keeps the key of an app that is being added, encrypted."""


@login_required
@never_cache
@require_safe
def overview(request: PortalRequest) -> HttpResponse:
    """Choose the first second factor, or see those that the account has."""
    account = signed_in(request)
    if not second_factors.has_second_factor(account):
        return render(request, "account/second_factor_choose.html", steps_context("second_factor", account))
    context = {
        "ways": second_factors.ways_of(account),
        "app": [(app.pk, second_factors.name_of(app)) for app in (second_factors.app_of(account),) if app],
        "passkeys": [(key.pk, second_factors.name_of(key)) for key in second_factors.passkeys_of(account)],
        "codes_left": second_factors.recovery_codes_left(account),
    }
    return render(request, "account/second_factors.html", context)


@login_required
@never_cache
@fresh_or_first
@sensitive_post_parameters("code")
@require_http_methods(FORM_METHODS)
def add_app(request: PortalRequest) -> HttpResponse:
    """Show the key of a new authenticator app, as a picture and as text, and take its first code."""
    account = signed_in(request)
    secret = _app_secret(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not within(request, SECOND_FACTOR, account.pk):
            return too_many(request, SECOND_FACTOR, account.pk)
        counter = second_factors.matching_counter(secret, form.cleaned_data["code"])
        if counter is not None:
            give_back(request, SECOND_FACTOR, account.pk)
            second_factors.add_app(account=account, secret=secret, counter=counter)
            del request.session[NEW_APP]
            return _added(request, account)
        form.add_error(
            "code",
            _("This is not the code that the app shows now. Check the clock of your device, and try again."),
        )
    address = get_adapter().build_totp_url(account, secret)
    shown = {"form": form, "secret": _in_fours(secret), "picture": picture_of(address)}
    return render(request, "account/add_app.html", steps_context("second_factor", account, **shown))


@login_required
@never_cache
@fresh_or_first
@require_http_methods(FORM_METHODS)
def add_passkey(request: PortalRequest) -> HttpResponse:
    """Make a passkey with the browser: the one page of the portal that needs script."""
    account = signed_in(request)
    form = PasskeyForm(request.POST or None, initial={"name": _("My passkey")})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if second_factors.add_passkey(account=account, name=typed["name"], credential=typed["credential"]):
            return _added(request, account)
        form.add_error(None, _("The browser made no passkey that fits. Press the button again, or go back."))
    options_text = json.dumps(second_factors.begin_passkey(account))
    context = steps_context("second_factor", account, form=form, options_text=options_text)
    return render(request, "account/add_passkey.html", context)


@login_required
@never_cache
@fresh_or_first
@require_http_methods(FORM_METHODS)
def add_email_codes(request: PortalRequest) -> HttpResponse:
    """Use codes by e-mail: the address was proved by one already."""
    account = signed_in(request)
    if request.method == "POST":
        second_factors.use_email_codes(account)
        return _added(request, account)
    context = steps_context("second_factor", account, email=account.email)
    return render(request, "account/add_email_codes.html", context)


@login_required
@never_cache
@fresh_or_first
@require_http_methods(FORM_METHODS)
def remove_factor(request: PortalRequest, way: str, pk: int | None = None) -> HttpResponse:
    """Ask once, then remove a second factor; the last one stays."""
    account = signed_in(request)
    if way not in (Way.APP, Way.PASSKEY, Way.EMAIL) or (pk is not None) != (way == Way.PASSKEY):
        raise Http404
    refusal = None
    if request.method == "POST":
        try:
            removed = second_factors.remove(account=account, way=Way(way), passkey=pk)
        except second_factors.LastSecondFactor as last:
            refusal = last.message
        else:
            if removed:
                _tell(request, account, events.Kind.FACTOR_REMOVED)
                flash.success(request, _("The second factor was removed."))
            return redirect("accounts:second_factor")
    context = {"label": Way(way).label, "refusal": refusal}
    return render(request, "account/remove_factor.html", context, status=409 if refusal else 200)


@login_required
@never_cache
@fresh_or_first
@require_http_methods(FORM_METHODS)
def name_factor(request: PortalRequest, pk: int) -> HttpResponse:
    """Give a passkey, or the authenticator app, a name by which its owner knows it again."""
    account = signed_in(request)
    factor = second_factors.nameable(account, pk)
    if factor is None:
        raise Http404
    form = FactorNameForm(request.POST or None, initial={"name": second_factors.name_of(factor)})
    if request.method == "POST" and form.is_valid():
        if second_factors.rename(account=account, pk=pk, name=form.cleaned_data["name"]):
            flash.success(request, _("The name is kept."))
        return redirect("accounts:second_factor")
    return render(request, "account/name_factor.html", {"form": form})


@login_required
@never_cache
@fresh_or_first
@require_http_methods(FORM_METHODS)
def new_recovery_codes(request: PortalRequest) -> HttpResponse:
    """Make new recovery codes; the old ones no longer work."""
    account = signed_in(request)
    if not second_factors.has_second_factor(account):
        return redirect("accounts:second_factor")
    if request.method == "POST":
        second_factors.make_recovery_codes(account)
        _tell(request, account, events.Kind.RECOVERY_CODES_MADE)
        return redirect("accounts:recovery_codes")
    return render(request, "account/new_recovery_codes.html")


@login_required
@never_cache
@require_http_methods(FORM_METHODS)
def recovery_codes(request: PortalRequest) -> HttpResponse:
    """Show new recovery codes until their owner says that they are kept, and never again."""
    account = signed_in(request)
    codes = second_factors.unkept_recovery_codes(account)
    if request.method == "POST" or not codes:
        second_factors.keep_recovery_codes(account)
        return go_on(request, account)
    return render(
        request, "account/recovery_codes.html", steps_context("recovery_codes", account, codes=codes)
    )


@login_required
@never_cache
@require_safe
def recovery_codes_file(request: PortalRequest) -> HttpResponse:
    """Give the codes that are shown as a text file."""
    account = signed_in(request)
    codes = second_factors.unkept_recovery_codes(account)
    if not codes:
        raise Http404
    response = render(request, "account/recovery_codes.txt", {"codes": codes}, content_type="text/plain")
    response.headers["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return response


def _added(request: HttpRequest, account: User) -> HttpResponse:
    """Write down that a second factor was added, and lead on: to the first recovery codes, or to the overview."""
    first = not second_factors.recovery_codes_left(account)
    if first:
        second_factors.make_recovery_codes(account)
    _tell(request, account, events.Kind.FACTOR_ADDED)
    if unmet_step(account) is not None:
        return go_on(request, account)
    flash.success(request, _("The second factor was added."))
    return redirect("accounts:second_factor")


def _tell(request: HttpRequest, account: User, kind: events.Kind) -> None:
    events.record(account_id=account.pk, kind=kind, request=request)
    notices.tell_owner(account=account, kind=kind.value)


def _app_secret(request: HttpRequest) -> str:
    kept: Any = request.session.get(NEW_APP)
    if kept is None:
        kept = request.session[NEW_APP] = encrypt(second_factors.new_app_secret())
    return str(decrypt(kept))


def _in_fours(text: str) -> str:
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
