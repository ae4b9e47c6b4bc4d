"""Where allauth's second factors ask the portal."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seeds are encrypted in the database; an app and a browser show the username, never the e-mail address."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return gettext("Express Entry simulator")

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return user.get_username()


def _cipher() -> Fernet:
    """Encrypt under a key of the portal's secret: a dump of the database alone opens nobody's second factor."""
    key = hashlib.sha256(b"second factors|" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
