"""Who is asking, and what an officer's role opens."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from accounts.desk.roles import roles_with
from lifecycle.middleware import PortalRequest

More = ParamSpec("More")
View = Callable[Concatenate[PortalRequest, More], HttpResponseBase]


def account_id(request: HttpRequest) -> int:
    """Return the signed-in account's id. Raises ``PermissionDenied`` when nobody is signed in."""
    if request.user.pk is None:
        raise PermissionDenied
    return request.user.pk


def officer_may(permission: str) -> Callable[[View[More]], View[More]]:
    """Answer 403 to whoever lacks a permission of ``accounts.desk.roles``; an officer reads which roles have it."""

    def guard(view: View[More]) -> View[More]:
        @wraps(view)
        def guarded(request: PortalRequest, /, *args: More.args, **kwargs: More.kwargs) -> HttpResponseBase:
            if not request.user.is_staff:
                raise PermissionDenied
            if not request.user.has_perm(permission):
                return not_for_this_role(request, permission)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def not_for_this_role(request: HttpRequest, permission: str) -> HttpResponse:
    """Say that the page is another role's, and whose."""
    return render(request, "admin/not_for_this_role.html", {"roles": roles_with(permission)}, status=403)
