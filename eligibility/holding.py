"""Which questionnaire a browser holds: a signed cookie of its own names it, until the browser is closed.

It is not in the session, which ends with a person's being signed in: the questionnaire's pages are open to everybody,
and what is told there is not lost with a session. A sign-out takes the cookie away.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from eligibility.models import Questionnaire

SIGNER = Signer(salt="eligibility.holding")


def questionnaire_of(request: HttpRequest) -> Questionnaire | None:
    """Return the questionnaire that the browser holds, if it is still there."""
    cookie = request.COOKIES.get(settings.QUESTIONNAIRE_COOKIE_NAME, "")
    try:
        key = SIGNER.unsign(cookie)
    except BadSignature:
        return None
    return Questionnaire.objects.filter(pk=key).first()


def hand_over(response: HttpResponseBase, questionnaire: Questionnaire) -> None:
    """Let the browser that gets the response hold a questionnaire."""
    response.set_cookie(
        settings.QUESTIONNAIRE_COOKIE_NAME,
        cookie_for(questionnaire),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def cookie_for(questionnaire: Questionnaire) -> str:
    """Return what the cookie of a questionnaire says: its number, signed."""
    return SIGNER.sign(str(questionnaire.pk))
