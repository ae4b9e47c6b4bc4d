"""What no browser sends is refused at the door, so that nothing behind it has to reckon with it."""

import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]

NUL = "\x00"
CHARSETS = {"", "utf-8"}
SESSION_KEY = re.compile(r"[a-z0-9]+")


class DoormanMiddleware:
    """Lets text in as UTF-8, of a size that a form can have, and takes no made-up session key for one.

    PostgreSQL cannot hold NUL, so no address with it leads anywhere. Other charsets are codecs that the sender
    chooses; some decode to what cannot be encoded again. No page takes files, which would go to the disk unread.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path:
            raise Http404
        if (request.content_params or {}).get("charset", "").strip().lower() not in CHARSETS:
            raise BadRequest("The form is not in UTF-8.")
        if _length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("The form is larger than any of ours.")
        if not SESSION_KEY.fullmatch(request.COOKIES.get(settings.SESSION_COOKIE_NAME, "a")):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 19 else 0
