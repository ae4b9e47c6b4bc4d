"""How the portal talks with a sign-in partner: OpenID Connect's code flow by allauth, with stricter checks.

Beyond what allauth does, every answer of the partner is judged before it is used: the discovery document must name
the partner's own addresses, the id_token must be signed, fresh, meant for us, and carry the nonce of this sign-in.
Whatever is wrong ends in one of four ``Trouble``s, each with a page, and never in an error.
"""

import hashlib
import logging
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages as flash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from requests import JSONDecodeError, RequestException

from accounts.errors import LinkedElsewhere
from accounts.joining.partners import INSTITUTIONS, invented_username, link, name_of
from accounts.limiting.limits import SIGN_UP, within
from accounts.limiting.too_many import too_many
from accounts.models import User
from accounts.telling import events

logger = logging.getLogger(__name__)

ENDPOINTS = {"authorization_endpoint": "PARTNER_URL", "token_endpoint": "PARTNER_BACK_CHANNEL"}
CLAIMS = ["iss", "sub", "aud", "exp", "iat", "nonce"]
LONGEST_SUBJECT = 190
CLOCKS_APART = 30
"""Seconds by which the partner's clock may differ from ours."""


ASKED_FOR = "partner_next"
"""Where the session keeps the page that was asked for before the sign-in."""


class Trouble(StrEnum):
    """Why a sign-in with a partner did not come to its end."""

    DOWN = "down"
    RUBBISH = "rubbish"
    CANCELLED = "cancelled"
    LOST = "lost"

    @classmethod
    def of(cls, error: str, exception: Exception | None, *, known: bool) -> "Trouble":
        """The trouble behind what allauth reports; ``known``: whether this browser began the sign-in."""
        if not known:
            return cls.LOST
        if error == AuthError.CANCELLED:
            return cls.CANCELLED
        return cls.behind(exception)

    @classmethod
    def behind(cls, exception: Exception | None) -> "Trouble":
        """No answer, or one that does not hold."""
        silent = isinstance(exception, RequestException) and not isinstance(exception, JSONDecodeError)
        return cls.DOWN if silent else cls.RUBBISH


STATUS = {Trouble.DOWN: 503, Trouble.RUBBISH: 502, Trouble.CANCELLED: 200, Trouble.LOST: 400}


class InstitutionAdapter(OpenIDConnectOAuth2Adapter):
    """The talk from server to server about one sign-in."""

    nonce = ""

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        told = fetch(f"{settings.PARTNER_BACK_CHANNEL}/.well-known/openid-configuration")
        if told.get("issuer") != settings.PARTNER_URL:
            raise OAuth2Error("the discovery document is another issuer's")
        where = {**ENDPOINTS, "jwks_uri": "PARTNER_BACK_CHANNEL"}
        for name, base in where.items():
            if not str(told.get(name, "")).startswith(f"{getattr(settings, base)}/"):
                raise OAuth2Error(f"the discovery document names another website as {name}")
        return told

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        del app
        return request.build_absolute_uri(reverse("accounts:partner_return", args=[self.provider_id]))

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        self.nonce = nonce_of(pkce_code_verifier or "")
        try:
            answer = super().get_access_token_data(request, app, client, pkce_code_verifier)
        except (KeyError, TypeError) as error:
            raise OAuth2Error("the answer to the code makes no sense") from error
        if not isinstance(answer, dict):
            raise OAuth2Error("the answer to the code makes no sense")
        return answer

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """The access token opens nothing that we want, so it is forgotten at once."""
        del data
        return SocialToken(token="")

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        del token
        subject = self.claims(app, kwargs["response"].get("id_token"))["sub"]
        return self.get_provider().sociallogin_from_response(request, {"id_token": {"sub": subject}})

    def claims(self, app: SocialApp, id_token: object) -> dict[str, Any]:
        """What the id_token says, once it is proved; ``OAuth2Error`` otherwise."""
        keys = fetch(self.openid_config["jwks_uri"])
        try:
            key_id = jwt.get_unverified_header(str(id_token))["kid"]
            key = next(key for key in jwt.PyJWKSet.from_dict(keys).keys if key.key_id == key_id)
            told: dict[str, Any] = jwt.decode(
                str(id_token),
                key,
                algorithms=["RS256"],
                audience=app.client_id,
                issuer=settings.PARTNER_URL,
                leeway=CLOCKS_APART,
                options={"require": CLAIMS},
            )
        except (jwt.PyJWTError, LookupError, StopIteration, TypeError, ValueError, AttributeError) as error:
            raise OAuth2Error("the id_token does not hold") from error
        subject = told["sub"]
        if told["nonce"] != self.nonce:
            raise OAuth2Error("the id_token was made for another sign-in")
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
            raise OAuth2Error("the id_token names nobody")
        return told


class InstitutionProvider(OpenIDConnectProvider):
    """One institution of the partner: asks for a subject and for nothing else."""

    oauth2_adapter_class = InstitutionAdapter
    pkce_enabled_default = True

    def get_default_scope(self) -> list[str]:
        return ["openid"]

    def get_pkce_params(self) -> dict[str, str]:
        """The parameters of PKCE, the nonce that follows from their secret, and the reader's language."""
        told: dict[str, str] = super().get_pkce_params()
        return {**told, "nonce": nonce_of(told["code_verifier"]), "ui_locales": get_language() or "en"}


class PartnerAdapter(DefaultSocialAccountAdapter):
    """allauth's ways with accounts that a partner vouches for. Institutions come from the list, not the database."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        del request
        if not settings.PARTNER_URL:
            return []
        wanted = [slug for slug in INSTITUTIONS if provider in {None, slug} and client_id in {None, slug}]
        secret = client_secret() if wanted else ""
        return [
            SocialApp(
                provider=OpenIDConnectProvider.id,
                provider_id=slug,
                name=name_of(slug),
                client_id=slug,
                secret=secret,
                settings={"token_auth_method": "client_secret_basic"},
            )
            for slug in wanted
        ]

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: InstitutionProvider,
        error: str = AuthError.UNKNOWN,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        state = (extra_context or {}).get("state")
        trouble = Trouble.of(error, exception, known=state is not None or exception is not None)
        raise ImmediateHttpResponse(trouble_page(request, provider.sub_id, trouble))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Accounts by partners count within the same limit as those by keys."""
        del sociallogin
        if not within(request, SIGN_UP):
            raise ImmediateHttpResponse(too_many(request, SIGN_UP))
        return True

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: None = None) -> User:
        """Make the account: no password, an invented username, nothing of the partner's but the subject."""
        del form
        with transaction.atomic():
            user = User.objects.create_user(invented_username(), language=get_language() or "en")
            SocialAccount.objects.create(
                user=user, provider=sociallogin.account.provider, uid=sociallogin.account.uid
            )
            events.record(account_id=user.pk, kind=events.Kind.SIGNED_UP, request=request)
        sociallogin.user = user
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Link instead of signing in, if that is what was begun by this account with its password."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(linked(request, sociallogin))


def linked(request: HttpRequest, sociallogin: SocialLogin) -> HttpResponse:
    """Link the partner's customer to the account that asked for it, and say so."""
    owner = request.user
    if not isinstance(owner, User) or sociallogin.state.get("data") != {"account": owner.pk}:
        return trouble_page(request, sociallogin.account.provider, Trouble.LOST)
    try:
        link(
            account=owner,
            institution=sociallogin.account.provider,
            subject=sociallogin.account.uid,
            request=request,
        )
    except LinkedElsewhere as refusal:
        flash.error(request, refusal.message)
    else:
        told = _("Linked. You can now sign in with %(institution)s as well.")
        flash.success(request, told % {"institution": name_of(sociallogin.account.provider)})
    return redirect("accounts:partners")


def trouble_page(request: HttpRequest, institution: str, trouble: Trouble) -> HttpResponse:
    """Say what happened and how to get in nevertheless. The page that was asked for before is not forgotten."""
    logger.warning("sign-in with a partner did not come to its end: %s", trouble)
    context = {
        "trouble": trouble,
        "institution": name_of(institution),
        "next": request.session.get(ASKED_FOR, ""),
    }
    return render(request, "accounts/partner_trouble.html", context, status=STATUS[trouble])


def client_secret() -> str:
    """The secret that the partner made for us when it first started; nothing while it never has."""
    path = Path(settings.PARTNER_STATE) / "client-secret"
    return path.read_text() if path.is_file() else ""


def nonce_of(code_verifier: str) -> str:
    """The nonce of a sign-in, from the secret that only this session knows until the code is exchanged."""
    return hashlib.sha256(f"nonce of {code_verifier}".encode()).hexdigest()


def fetch(address: str) -> dict[str, Any]:
    """A JSON object of the partner's.

    ``RequestException`` when nothing comes in time, ``OAuth2Error`` when it is another thing.
    """
    with get_adapter().get_requests_session() as session:
        answer = session.get(address, allow_redirects=False)
        answer.raise_for_status()
        try:
            told = answer.json()
        except ValueError as error:
            raise OAuth2Error("the partner's answer is not JSON") from error
    if not isinstance(told, dict):
        raise OAuth2Error("the partner's answer is not an object")
    return told
