"""An account's sessions and the history of what touched its security; and forms sent with another session's token."""

import uuid
from copy import copy
from typing import cast

from django.conf import settings
from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import account_id
from accounts.models import AccountEvent, Session
from accounts.signed_in import kept_forms, sessions
from accounts.signed_in.session_middleware import CSRF_BEFORE, keep_signed_in, remember_places
from accounts.signed_in.session_store import SessionStore
from accounts.signed_in.sessions import Ending
from accounts.telling import events
from lifecycle import clock
from lifecycle.middleware import PortalRequest

EVENTS_A_PAGE = 25
FORBIDDEN = 403


@login_required
@require_safe
def session_list(request: PortalRequest) -> HttpResponse:
    """List where the account is signed in."""
    here = request.session.session_key
    rows = [
        {
            "number": session.number,
            "device": events.device_words(session.device),
            "began_at": session.began_at,
            "seen_at": session.seen_at,
            "here": session.pk == here,
        }
        for session in sessions.open_sessions(account_id(request))
    ]
    return render(request, "accounts/sessions.html", {"rows": sorted(rows, key=lambda row: not row["here"])})


@login_required
@require_POST
def end_session(request: PortalRequest, number: uuid.UUID) -> HttpResponse:
    """End one of the account's own sessions; this one is ended by signing out."""
    found = Session.objects.filter(account_id=account_id(request), number=number)
    if found.filter(pk=request.session.session_key).exists():
        return redirect("account_logout")
    if not sessions.end(sessions=found, why=Ending.ELSEWHERE):
        raise Http404
    flash.success(request, _("The session is ended. Whoever used it has to sign in again."))
    return redirect("accounts:sessions")


@login_required
@require_POST
def end_other_sessions(request: PortalRequest) -> HttpResponse:
    """End all sessions of the account but this one."""
    ended = sessions.end_all(
        account_id=account_id(request), why=Ending.ELSEWHERE, but=request.session.session_key
    )
    if ended:
        words = ngettext("%(count)d other session is ended.", "%(count)d other sessions are ended.", ended)
        flash.success(request, words % {"count": ended})
    else:
        flash.info(request, _("There was no other session to end."))
    return redirect("accounts:sessions")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: PortalRequest) -> HttpResponse:
    """Prolong the session by its being used. A script asks for the seconds left, a person for the page before."""
    session = cast("SessionStore", request.session).row
    if session is None:
        raise Http404
    left = int((sessions.until(session) - clock.real_now()).total_seconds())
    if request.method != "POST":
        return render(
            request, "accounts/stay.html", {"until": sessions.until(session), "next": _before(request)}
        )
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"seconds": left, "last": sessions.until(session) == sessions.last_end(session)})
    flash.success(request, _("You are still signed in."))
    return redirect(_before(request) or "accounts:sessions")


@login_required
@require_safe
def history(request: PortalRequest) -> HttpResponse:
    """What touched the account's security, the newest first."""
    found = AccountEvent.objects.visible_to(request.user).order_by("-at", "-pk")
    page = Paginator(found, EVENTS_A_PAGE).get_page(request.GET.get("page"))
    rows = [(_kind_words(event.kind), events.device_words(event.device), event.at) for event in page]
    return render(request, "accounts/history.html", {"page": page, "rows": rows})


@login_required
@require_POST
def throw_away(request: PortalRequest) -> HttpResponse:
    """Throw away what was typed on a page before its session ended; the page shows what is saved."""
    path = request.POST.get("path", "")
    if not kept_forms.is_keepable(kept_forms.page_of(path)):
        raise Http404
    kept_forms.forget(account_id=account_id(request), path=path)
    remember_places(request)
    return redirect(path)


@never_cache
def csrf_failure(request: HttpRequest, **_reason: str) -> HttpResponse:
    """Refuse a form without a right token. One of this account's session before is kept, and shown to be sent again.

    What was typed on any other page of the portal stands on the page of the refusal.
    """
    secret = request.session.get(CSRF_BEFORE, "")
    if secret and kept_forms.is_keepable(request.resolver_match) and _made_with(request, secret):
        return keep_signed_in(request)
    return render(request, "403_csrf.html", {"typed": kept_forms.typed_here(request)}, status=FORBIDDEN)


class TokenCheck(CsrfViewMiddleware):
    """Django's own check of a form's token, which answers a wrong one without a page."""

    def _reject(self, _request: HttpRequest, _reason: str) -> HttpResponse:
        return HttpResponse(status=FORBIDDEN)


def _made_with(request: HttpRequest, secret: str) -> bool:
    """Return whether a form was made with this secret instead of the one in the browser's cookie, by the portal."""
    earlier = copy(request)
    earlier.COOKIES = {**request.COOKIES, settings.CSRF_COOKIE_NAME: secret}
    check = TokenCheck(lambda _request: HttpResponse())
    return check.process_view(earlier, csrf_failure, (), {}) is None


def _before(request: HttpRequest) -> str:
    """Return the page from which somebody came here, empty if it is none of the portal's."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if safe else ""


def _kind_words(kind: str) -> str:
    known = next((one for one in events.Kind if one.value == kind), None)
    return str(known.label) if known else kind
