"""The language that the portal asks for."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponse]


class AskedLanguageMiddleware:
    """OpenID Connect's ``ui_locales`` sets the language of this page and, by the language cookie, of the next ones."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("ui_locales")
        if asked not in dict(settings.LANGUAGES):
            return self.get_response(request)
        translation.activate(asked)
        request.LANGUAGE_CODE = asked
        response = self.get_response(request)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, asked, httponly=True, samesite="Lax")
        return response
