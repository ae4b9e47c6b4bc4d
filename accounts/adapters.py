"""Where allauth asks the portal."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AbstractUser
from django.db.models import Value
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.limiting.known_devices import counted_as, remember
from accounts.limiting.limits import SIGN_IN, give_back, within
from accounts.limiting.too_many import too_many
from accounts.models import Session, User
from accounts.signed_in.sessions import ENDED, Ending, end
from accounts.telling.events import Kind, record

STAGES = ("accounts.joining.stages.SecondFactorStage", "accounts.joining.stages.QuestionStage")
"""What a sign-in asks after the password, in this order."""


class AccountAdapter(DefaultAccountAdapter):
    """allauth's ways, with the portal's limits, its stages of a sign-in, and its record of what happened."""

    def get_login_stages(self) -> list[str]:
        """Return the portal's own stages instead of allauth's."""
        return list(STAGES)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, under a new session key, once every stage has passed."""
        super().login(request, user)
        record(account_id=user.pk, kind=Kind.SIGNED_IN, request=request)

    def logout(self, request: HttpRequest) -> None:
        """Sign out: the session is deleted on the server, and what its other windows still send can be kept."""
        account_id = request.user.pk
        if account_id is not None:
            end(sessions=Session.objects.filter(pk=request.session.session_key), why=Ending.SIGNED_OUT)
            record(account_id=account_id, kind=Kind.SIGNED_OUT, request=request)
        super().logout(request)
        if account_id is not None:
            request.session[ENDED] = {"account": account_id, "why": ""}

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write a wrong password down for the owner of the username, if there is one."""
        folded = Lower(Value(str(credentials.get("username", ""))))
        for account_id in (
            User.objects.alias(name=Lower("username")).filter(name=folded).values_list("pk", flat=True)
        ):
            record(account_id=account_id, kind=Kind.SIGN_IN_REFUSED, request=request)

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
