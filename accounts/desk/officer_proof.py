"""Before an officer's graver acts: a second factor within the last quarter of an hour of real time.

A password alone never counts here. A sign-in with a second factor counts as well, for its own quarter of an hour.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from lifecycle import clock
from lifecycle.middleware import PortalRequest

HOLDS = timedelta(minutes=15)
PROVED = "second_factor_proved"
TYPED = "typed_before_second_factor"
NOT_KEPT = "csrfmiddlewaretoken"

More = ParamSpec("More")
View = Callable[Concatenate[PortalRequest, More], HttpResponseBase]


def note_second_factor(request: HttpRequest, account_id: int) -> None:
    """Note that the second factor of an account was proved in this session, now in real time."""
    request.session[PROVED] = {"account": account_id, "at": clock.real_now().isoformat()}


def is_fresh(request: HttpRequest) -> bool:
    """Return whether this account's second factor was proved in this session within the last 15 minutes."""
    proved = request.session.get(PROVED)
    if proved is None or proved["account"] != request.user.pk:
        return False
    return clock.real_now() - datetime.fromisoformat(proved["at"]) < HOLDS


def second_factor_required(view: View[More]) -> View[More]:
    """Ask for the second factor before a POST, unless it was proved just now; what was typed is kept meanwhile."""

    @wraps(view)
    def guarded(request: PortalRequest, /, *args: More.args, **kwargs: More.kwargs) -> HttpResponseBase:
        if request.method != "POST" or is_fresh(request):
            return view(request, *args, **kwargs)
        _keep_typed(request)
        return redirect(f"{reverse('accounts:second_proof')}?{urlencode({'next': request.path})}")

    return guarded


def typed_before(request: HttpRequest, path: str) -> dict[str, Any]:
    """Return, once, what was typed into the form of a page before the proof was asked for; empty if nothing was."""
    kept = request.session.get(TYPED, {})
    if request.method != "GET" or kept.get("path") != path:
        return {}
    del request.session[TYPED]
    return dict(kept["fields"])


def _keep_typed(request: HttpRequest) -> None:
    fields = {name: value for name, value in request.POST.items() if name != NOT_KEPT}
    request.session[TYPED] = {"path": request.path, "fields": fields}
