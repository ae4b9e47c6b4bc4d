"""What the portal is told of a customer: a subject that means nothing to anybody else, and nothing more."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, Literal

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client, PrivateKey
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from partner import addresses, keeping
from partner.customers import Customer


class Identity(DefaultOIDCAdapter):
    """Signs with the key of the state folder; subjects are pairwise: each client knows a customer by another one."""

    scope_display = {"openid": _("A number that stands for you and that only this website is told")}

    def get_issuer(self) -> str:
        return addresses.PARTNER

    def list_private_keys(
        self, *, did_activate: Literal[True] | None = None, is_active: Literal[True] | None = None
    ) -> list[PrivateKey]:
        del did_activate, is_active  # one key, from the first start on
        return [PrivateKey(pem=keeping.signing_key())]

    def get_claims(
        self,
        purpose: Literal["id_token", "userinfo"],
        user: AbstractBaseUser,
        client: Client,
        scopes: Iterable[str],
        email: str | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        del purpose, scopes, email, kwargs
        return {"sub": self.get_user_sub(client, user)}

    def get_user_sub(self, client: Client, user: AbstractBaseUser) -> str:
        number = _cipher().encrypt(str(user.pk).encode(), [client.pk.encode()])
        return urlsafe_b64encode(number).decode().rstrip("=")

    def get_user_by_sub(self, client: Client, sub: str) -> AbstractBaseUser | None:
        try:
            number = _cipher().decrypt(urlsafe_b64decode(sub + "=" * (-len(sub) % 4)), [client.pk.encode()])
        except (InvalidTag, ValueError):
            return None
        return Customer.objects.filter(pk=int(number), is_active=True).first()


def _cipher() -> AESSIV:
    """The same text always becomes the same subject, which only the partner can turn back."""
    return AESSIV(sha256(keeping.secret(keeping.SUBJECT_SECRET).encode()).digest())
