"""'This was not me': where the link in a notice about an account's security leads."""

from datetime import datetime

from django.contrib import messages as flash
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Message
from accounts.recovering.recovery import report
from accounts.telling.letters import subject_of
from accounts.telling.notices import notice_behind
from lifecycle.middleware import PortalRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def not_me(request: PortalRequest, token: str) -> HttpResponse:
    """Show what happened, and on the button end all sessions and refuse every open way back. Needs no sign-in."""
    notice = _notice(token)
    if request.method == "POST":
        report(account=notice.account, request=request)
        if request.user == notice.account:
            logout(
                request
            )  # the session that asks was ended with all others, and nothing more can be kept in it
        flash.success(request, _("Every session was ended, and every open way back was refused."))
        return redirect("accounts:not_me_done")
    happened_at = datetime.fromisoformat(notice.details["happened_at"])
    context = {"what": subject_of(notice.kind, notice.details), "happened_at": happened_at}
    return render(request, "accounts/not_me.html", context)


@never_cache
@require_http_methods(["GET", "HEAD"])
def not_me_done(request: PortalRequest) -> HttpResponse:
    """Say what to do next. It shows nothing of any account."""
    return render(request, "accounts/not_me_done.html")


def _notice(token: str) -> Message:
    notice = notice_behind(token)
    if notice is None:
        raise Http404
    return notice
