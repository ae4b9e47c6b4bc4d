"""E-mail updates about rounds: ask for them, confirm, leave. None of it needs an account."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import MailNotSent
from accounts.forms.subscriptions import UpdatesForm
from accounts.limiting.limits import EMAIL, within
from accounts.limiting.too_many import too_many
from accounts.telling import subscriptions
from accounts.telling.subscriptions import Purpose
from lifecycle.middleware import PortalRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def updates(request: PortalRequest) -> HttpResponse:
    """Ask for an address and send the link that confirms it; the answer is the same for every address."""
    initial = {"email": request.user.email} if request.user.is_authenticated else {}
    form = UpdatesForm(request.POST or None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/updates.html", {"form": form})
    email = form.cleaned_data["email"]
    if not within(request, EMAIL, email):
        return too_many(request, EMAIL, email, keep=["email"])
    try:
        subscriptions.ask(email=email, language=get_language() or "en")
    except MailNotSent as failure:
        form.add_error(None, failure.message)
        return render(request, "accounts/updates.html", {"form": form}, status=503)
    return redirect("accounts:updates_asked")


@require_safe
def updates_asked(request: PortalRequest) -> HttpResponse:
    """Say that an e-mail was sent, whatever the address."""
    return render(request, "accounts/updates_asked.html", {"demo": settings.DEMO})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def updates_confirm(request: PortalRequest, token: str) -> HttpResponse:
    """Show a button that begins the updates; once pressed, say that they come."""
    subscription_id = subscriptions.id_behind(token, Purpose.CONFIRM)
    found = subscriptions.waiting_or_confirmed(subscription_id) if subscription_id else None
    if found is None:
        return _not_valid(request)
    if request.method == "POST":
        subscriptions.confirm(subscription=found, at=request.at)
        return redirect("accounts:updates_confirm", token)
    stop = subscriptions.token_of(found, Purpose.STOP)
    return render(
        request, "accounts/updates_confirm.html", {"confirmed": found.confirmed_at, "stop_token": stop}
    )


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def updates_stop(request: PortalRequest, token: str) -> HttpResponse:
    """Show a button that ends the updates, or end them: by the button, or by a mail program's one click.

    A mail program has no session and no CSRF token (RFC 8058): only whoever got the e-mail knows the signed link.
    """
    subscription_id = subscriptions.id_behind(token, Purpose.STOP)
    if subscription_id is None:
        return _not_valid(request)
    if request.method == "POST":
        subscriptions.stop(subscription_id=subscription_id)
    still = subscriptions.waiting_or_confirmed(subscription_id) is not None
    return render(request, "accounts/updates_stop.html", {"still": still})


def _not_valid(request: PortalRequest) -> HttpResponse:
    return render(request, "accounts/updates_link.html", status=404)
