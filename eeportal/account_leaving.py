"""Taking one's data out of the portal, and leaving it."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import account_id
from accounts.factors.fresh_proof import fresh_proof_required
from accounts.models import User
from accounts.telling import events, notices
from eeportal.account_closing import HasRole, close
from eeportal.account_export import SECTIONS, as_json, document_of
from eeportal.forms import CloseForm
from lifecycle import clock
from lifecycle.middleware import PortalRequest


@login_required
@never_cache
@fresh_proof_required
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: PortalRequest) -> HttpResponse:
    """Say what the file holds, and on the button make it and hand it over. Each export is told to the owner."""
    if request.method != "POST":
        return render(request, "account/export.html", {"keys": [section.key for section in SECTIONS]})
    account = User.objects.get(pk=account_id(request))
    events.record(account_id=account.pk, kind=events.Kind.DATA_EXPORTED, request=request)
    notices.tell_owner(account=account, kind="data_exported")
    document = document_of(account, real_at=clock.real_now(), at=request.at)
    response = HttpResponse(as_json(document), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="express-entry-account-{request.today}.json"'
    response["Cache-Control"] = "no-store"
    return response


@login_required
@never_cache
@fresh_proof_required
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: PortalRequest) -> HttpResponse:
    """Say what goes and what stays; close the account when its username was typed and the button pressed."""
    account = User.objects.get(pk=account_id(request))
    form = CloseForm(request.POST or None, username=account.username)
    if request.method == "POST" and form.is_valid():
        try:
            close(account_id=account.pk, at=request.at)
        except HasRole as refusal:
            form.add_error(None, str(refusal.message))
        else:
            logout(request)
            return redirect("account_closed")
    context = {"form": form, "account": account, "has_role": bool(account.role or account.is_superuser)}
    return render(request, "account/close.html", context)


@never_cache
@require_safe
def closed(request: PortalRequest) -> HttpResponse:
    """Say farewell. It shows nothing of any account."""
    return render(request, "account/closed.html")
