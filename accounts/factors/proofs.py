"""When a change of second factors needs a fresh proof: always, but for the very first one of an account."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse

from accounts.access import account_id
from accounts.factors.fresh_proof import fresh_proof_required
from accounts.factors.second_factors import has_second_factor
from accounts.models import User
from lifecycle.middleware import PortalRequest

More = ParamSpec("More")
View = Callable[Concatenate[PortalRequest, More], HttpResponse]


def fresh_or_first(view: View[More]) -> View[More]:
    """Ask for the fresh proof, unless the account has no second factor yet: its owner has only just signed up."""
    proved = fresh_proof_required(view)

    @wraps(view)
    def guarded(request: PortalRequest, /, *args: More.args, **kwargs: More.kwargs) -> HttpResponse:
        first = not has_second_factor(User.objects.get(pk=account_id(request)))
        return (view if first else proved)(request, *args, **kwargs)

    return guarded
