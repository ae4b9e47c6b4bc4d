"""The second factor once more, before an officer's graver acts."""

import json
from typing import Any

from django.contrib import messages
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
from accounts.desk.officer_proof import HOLDS, note_second_factor
from accounts.factors import one_time_codes, second_factors
from accounts.factors.second_factors import Way
from accounts.forms.finishing import ShownPasskeyForm
from accounts.forms.officer_proof import PLACES, SecondFactorForm
from accounts.limiting.limits import EMAIL, SECOND_FACTOR, give_back, within
from accounts.limiting.too_many import too_many
from accounts.models import Purpose, User
from lifecycle.middleware import PortalRequest


@login_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_proof(request: PortalRequest) -> HttpResponse:
    """Ask for a code of the authenticator or an e-mail that is sent on a button, a recovery code, or a passkey."""
    account = User.objects.get(pk=account_id(request))
    if request.method == "POST" and "send" in request.POST:
        return _send(request, account)
    form = SecondFactorForm(request.POST if "code" in request.POST else None)
    shown = ShownPasskeyForm(request.POST if "credential" in request.POST else None)
    if not (form.is_valid() or shown.is_valid()):
        return _page(request, account, form)
    if not within(request, SECOND_FACTOR, account.pk):
        return too_many(request, SECOND_FACTOR, account.pk)
    if _is_right(account, form, shown):
        give_back(request, SECOND_FACTOR, account.pk)
        return _onward(request, account)
    if form.is_valid():
        form.add_error("code", _("This code is not right, was used before, or is over. Enter a newer one."))
    else:
        messages.warning(request, _("This passkey was not accepted. Try again, or use another way."))
    return _page(request, account, form)


def _send(request: PortalRequest, account: User) -> HttpResponse:
    form = SecondFactorForm()
    if Way.EMAIL not in second_factors.ways_of(account):
        return _page(request, account, form)
    if not within(request, EMAIL, account.email):
        return too_many(request, EMAIL, account.email)
    try:
        one_time_codes.send(account=account, purpose=Purpose.PROVE_AGAIN, email=account.email)
    except one_time_codes.CodeNotSent as failure:
        messages.warning(request, str(failure.message))
    return redirect(request.get_full_path())


def _is_right(account: User, form: SecondFactorForm, shown: ShownPasskeyForm) -> bool:
    """Return whether this is a code or a passkey of any way that the account has, and use it up."""
    if not form.is_valid():
        credential = shown.cleaned_data["credential"]
        return second_factors.check_passkey(account=account, credential=credential)
    typed, ways = form.cleaned_data["code"], second_factors.ways_of(account)
    if Way.EMAIL in ways and one_time_codes.check(account=account, purpose=Purpose.PROVE_AGAIN, typed=typed):
        return True
    return any(
        second_factors.check(account=account, way=way, typed=typed)
        for way in (Way.APP, Way.RECOVERY)
        if way in ways
    )


def _onward(request: PortalRequest, account: User) -> HttpResponse:
    note_second_factor(request, account.pk)
    messages.success(
        request, _("Your second factor is confirmed. Nothing was done yet: press the button once more.")
    )
    return redirect(_next(request))


def _page(request: PortalRequest, account: User, form: SecondFactorForm) -> HttpResponse:
    ways = second_factors.ways_of(account)
    sent = bool(one_time_codes.address_of(account=account, purpose=Purpose.PROVE_AGAIN))
    usable = [way for way in ways if way in PLACES and (way != Way.EMAIL or sent)]
    if form.errors and not usable:
        # The code that was sent is over, so there is no field in which to correct it.
        messages.warning(request, _("That code is over. Have a new one sent."))
        form = SecondFactorForm()
    context: dict[str, Any] = {
        "form": form,
        "places": [PLACES[way] for way in usable],
        "by_email": Way.EMAIL in ways,
        "sent": sent,
        "minutes": HOLDS.seconds // 60,
        "back": _next(request),
        "passkey": ShownPasskeyForm() if Way.PASSKEY in ways else None,
    }
    if Way.PASSKEY in ways:
        context["options_text"] = json.dumps(second_factors.ask_passkey(account))
    return render(request, "accounts/officers/second_proof.html", context)


def _next(request: PortalRequest) -> str:
    """Return the page of this portal that asked for the proof; for any other address the desk."""
    address = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe and address.startswith("/") else reverse("admin:index")
