"""Pages for what the web framework refuses by itself: what cannot be read, what is too large, a wrong method."""

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

GetResponse = Callable[[HttpRequest], HttpResponse]

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
METHOD_NOT_ALLOWED = 405


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 413 to a form that is larger than any of ours, 400 to everything else that cannot be read.

    Whose session was ended elsewhere while the request was on its way is led to sign in again.
    """
    if isinstance(exception, SessionInterrupted):
        return redirect_to_login(request.get_full_path())
    if isinstance(exception, TOO_LARGE):
        return HttpResponse(render_to_string("413.html"), status=413)
    return HttpResponse(render_to_string("400.html"), status=400)


class MethodPageMiddleware:
    """Gives the bare answer to a wrong method a page that says where to go."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == METHOD_NOT_ALLOWED and not response.content:
            response.content = render_to_string("405.html", request=request).encode()
        return response
