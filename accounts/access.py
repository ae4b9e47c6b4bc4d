"""Who is asking."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def account_id(request: HttpRequest) -> int:
    """Return the signed-in account's id. Raises ``PermissionDenied`` when nobody is signed in."""
    if request.user.pk is None:
        raise PermissionDenied
    return request.user.pk
