"""What can harm an account asks its owner to prove anew who they are: a session left open is not enough."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from lifecycle import clock
from lifecycle.middleware import PortalRequest

GOOD_FOR = timedelta(minutes=15)
"""How long a proof holds, in real time."""

PROVED_AT = "proved_at"

More = ParamSpec("More")
View = Callable[Concatenate[PortalRequest, More], HttpResponse]


def note_proof(request: HttpRequest) -> None:
    """Note that the owner has just proved who they are."""
    request.session[PROVED_AT] = clock.real_now().isoformat()


def is_fresh(request: HttpRequest) -> bool:
    """Return whether the owner has proved who they are in this session, within the last 15 minutes."""
    proved_at = request.session.get(PROVED_AT)
    return proved_at is not None and clock.real_now() - datetime.fromisoformat(proved_at) < GOOD_FOR


def fresh_proof_required(view: View[More]) -> View[More]:
    """Lead to the page that asks for the proof, and then back; a form that came too late is not carried out."""

    @wraps(view)
    def guarded(request: PortalRequest, /, *args: More.args, **kwargs: More.kwargs) -> HttpResponse:
        if not is_fresh(request):
            return redirect(f"{reverse('accounts:prove')}?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    return guarded
