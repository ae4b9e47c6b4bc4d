"""A device on which an account's owner signed in before has tries of its own, which no stranger can use up.

Its cookie holds a random word and the proof, by the portal's secret, that it was given for one username: no name, no
number. It opens nothing: it only says whose tries are counted.
"""

import secrets

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.limiting.limits import folded

HALF_A_YEAR = 180 * 24 * 3600


def counted_as(request: HttpRequest, username: str) -> str:
    """Return whose tries a sign-in counts against: the username's, or on a known device that device's for it."""
    cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    try:
        device = _signer(username).unsign(cookie)
    except BadSignature:
        return username
    return f"{folded(username)} on {device}"


def remember(response: HttpResponseBase, username: str) -> None:
    """Let the browser that gets the response be known as a device of the username's owner, under a new word."""
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        _signer(username).sign(secrets.token_urlsafe(16)),
        max_age=HALF_A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _signer(username: str) -> Signer:
    return Signer(salt=f"accounts.limiting.known_devices|{folded(username)}")
