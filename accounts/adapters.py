"""Where allauth asks the portal."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.known_devices import counted_as, remember
from accounts.limits import SIGN_IN, give_back, within
from accounts.too_many import too_many


class AccountAdapter(DefaultAccountAdapter):
    """allauth's ways, with the portal's limits."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Judge a password within the limits of signing in; a right one counts as no try."""
        account = counted_as(request, str(credentials.get("username", "")))
        if not within(request, SIGN_IN, account):
            raise ImmediateHttpResponse(too_many(request, SIGN_IN, account, keep=("login", "next")))
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None:
            give_back(request, SIGN_IN, account)
        return user

    def post_login(self, request: HttpRequest, user: AbstractUser, **kwargs: Any) -> HttpResponseBase:
        """Finish a sign-in whose every step was passed; the device is known from now on."""
        response: HttpResponseBase = super().post_login(request, user, **kwargs)
        remember(response, user.get_username())
        return response
