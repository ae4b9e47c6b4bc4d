"""Headers that keep the simulator out of search engines, signed-in pages out of caches, and other sites out of both.

Only the files for other programs, under ``PUBLIC_FILES``, may be kept by caches: no session is looked at for them.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

GetResponse = Callable[[HttpRequest], HttpResponse]

UNUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "fullscreen", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
)  # fmt: skip
PASSKEYS = ("publickey-credentials-create", "publickey-credentials-get")

PUBLIC_FILES = "/feeds/"
ALWAYS = {
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [*(f"{name}=()" for name in UNUSED), *(f"{name}=(self)" for name in PASSKEYS)]
    ),
}


class PrivacyHeadersMiddleware:
    """Every answer says noindex and whose it is; an answer to somebody with a session is never stored."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        public = request.path.startswith(PUBLIC_FILES)
        if public:
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers[name] = value
        if public and "public" in response.headers.get("Cache-Control", ""):
            del response.headers["Vary"]  # the same bytes for everybody, so that caches keep one copy
        elif _has_session(request):
            add_never_cache_headers(response)
        return response


def _has_session(request: HttpRequest) -> bool:
    """Whether the answer may depend on a session: one was looked at, or named to a part that could have."""
    session = getattr(request, "session", None)
    if session is not None and (session.accessed or session.modified):
        return True
    return settings.SESSION_COOKIE_NAME in request.COOKIES and not request.path.startswith(
        settings.STATIC_URL
    )
