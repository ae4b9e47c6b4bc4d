"""Somebody at the partner without a browser: sends forms, keeps cookies, follows nothing by itself."""

import base64
import hashlib
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import requests

from tests.partner.process import Partner

CUSTOMER, PASSWORD = "aspen", "only-a-rehearsal"
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
RETURN = "http://localhost:8000/en/account/partners/tidewater/return/"


def asked(**changes: str) -> dict[str, str]:
    """What the portal sends a browser with, with changes; an empty text leaves a parameter out."""
    usual = {
        "client_id": "tidewater", "redirect_uri": RETURN, "response_type": "code", "scope": "openid", "state": "s",
        "nonce": "n", "code_challenge": CHALLENGE, "code_challenge_method": "S256",
    }  # fmt: skip
    return {name: value for name, value in (usual | changes).items() if value}


class Visitor:
    """One visitor at one address."""

    def __init__(self, partner: Partner, address: str) -> None:
        self.partner = partner
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["X-Forwarded-For"] = address
        self.csrf = ""

    def get(self, path: str) -> requests.Response:
        """Open a page and keep the token of its form."""
        page = self.session.get(self.partner.url + path, allow_redirects=False, timeout=20)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        self.csrf = token[1] if token else ""
        return page

    def post(self, path: str, **typed: str) -> requests.Response:
        form = {"csrfmiddlewaretoken": self.csrf, **typed}
        return self.session.post(self.partner.url + path, form, allow_redirects=False, timeout=20)

    def ask(self, **changes: str) -> requests.Response:
        """Arrive from the portal."""
        return self.get(f"/authorize/?{urlencode(asked(**changes))}")

    def sign_in(self, name: str, password: str, **changes: str) -> requests.Response:
        """Send the sign-in form of an institution."""
        path = f"/sign-in/?{urlencode({'next': f'/authorize/?{urlencode(asked(**changes))}'})}"
        self.get(path)
        return self.post(path, name=name, password=password)

    def agree(self, **changes: str) -> requests.Response:
        """Sign in as the ready-made customer, agree, and be sent back."""
        self.sign_in(CUSTOMER, PASSWORD, **changes)
        page = self.ask(**changes)
        signed = re.search(r'name="request" value="([^"]+)"', page.text)
        assert signed, page.text
        return self.post("/authorize/", request=signed[1], scopes="openid", action="grant")

    def exchange(
        self, code: str, verifier: str = VERIFIER, secret: str = "", **changes: str
    ) -> requests.Response:
        """Exchange a code for an id_token, as the portal's server does, with its secret unless another is told."""
        told = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": RETURN,
            "code_verifier": verifier,
        }
        secret = secret or (self.partner.state / "client-secret").read_text()
        return self.session.post(
            f"{self.partner.url}/token/", told | changes, auth=("tidewater", secret), timeout=20
        )


def code_in(response: requests.Response) -> str:
    """The code with which somebody is sent back."""
    return parse_qs(urlsplit(response.headers["Location"]).query)["code"][0]
