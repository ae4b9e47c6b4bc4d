"""Headers that keep the simulator out of search engines and signed-in pages out of caches."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

GetResponse = Callable[[HttpRequest], HttpResponse]


class PrivacyHeadersMiddleware:
    """Every answer says noindex; an answer to somebody with a session is never stored."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        session = getattr(request, "session", None)
        if session is not None and (session.accessed or session.modified):
            add_never_cache_headers(response)
        return response
