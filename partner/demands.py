"""What the partner demands of a request that begins a sign-in, beyond what its provider asks by itself.

A code is worth nothing without the secret behind its S256 challenge (PKCE), and goes to one of the addresses that the
client registered, letter by letter: the provider would take any port of this machine and further parameters.
"""

import re

from allauth.idp.oidc.models import Client
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}\Z")
"""A SHA-256 digest in base64url, as S256 has it."""


def refusal(asked: QueryDict) -> Promise | None:
    """The sentence that says why a request is refused; None when it may go on."""
    client = Client.objects.filter(id=asked.get("client_id", "")).first()
    if client is None:
        return _("It comes from a website that is not registered here.")
    if any(len(values) > 1 for _name, values in asked.lists()):
        return _("It says something twice.")
    if asked.get("redirect_uri") not in client.get_redirect_uris():
        return _("It wants you sent to an address that is not registered here.")
    if asked.get("code_challenge_method") != "S256" or not CHALLENGE.match(asked.get("code_challenge", "")):
        return _("It has no proof key (PKCE with S256), so that somebody else could use its answer.")
    if asked.get("response_type") != "code" or "prompt" in asked:
        return _("It asks for a kind of sign-in that this website does not offer.")
    return None
