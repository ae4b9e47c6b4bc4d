"""A sign-in partner of a few lines that answers what a test tells it to: right, wrong, slow, or rubbish."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KEY_ID = "the key"
DISCOVERY, KEYS, TOKEN = "/.well-known/openid-configuration", "/.well-known/jwks.json", "/token/"


class StandIn:
    """What it says is made of these; ``instead`` replaces whole answers by path: (status, body)."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.nonce = ""
        self.subject = "subject-of-a-customer"
        self.claims: dict[str, Any] = {}
        self.without: set[str] = set()
        self.signing: dict[str, Any] = {"key": KEY, "algorithm": "RS256"}
        self.instead: dict[str, tuple[int, bytes]] = {}
        self.pause = 0.0
        self.told: list[dict[str, str]] = []

    def answer(self, path: str) -> tuple[int, bytes]:
        """Status and body for one request."""
        time.sleep(self.pause)
        if path in self.instead:
            return self.instead[path]
        made = {DISCOVERY: self.discovery, KEYS: self.keys, TOKEN: self.token}
        return (200, json.dumps(made[path]()).encode()) if path in made else (404, b"{}")

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize/",
            "token_endpoint": f"{self.url}{TOKEN}",
            "jwks_uri": f"{self.url}{KEYS}",
        }

    def keys(self) -> dict[str, Any]:
        known = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [{**known, "kid": KEY_ID, "use": "sig", "alg": "RS256"}]}

    def token(self) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": self.url, "sub": self.subject, "aud": "maple-ridge", "nonce": self.nonce,
            "iat": now, "exp": now + 60, **self.claims,
        }  # fmt: skip
        kept = {name: value for name, value in claims.items() if name not in self.without}
        signed = jwt.encode(kept, **self.signing, headers={"kid": KEY_ID})
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": signed}


@contextmanager
def standing_in() -> Iterator[StandIn]:
    """A stand-in that answers on a port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply()

        def do_POST(self) -> None:
            typed = self.rfile.read(int(self.headers["Content-Length"])).decode()
            partner.told.append({"authorization": self.headers.get("Authorization", ""), "body": typed})
            self.reply()

        def reply(self) -> None:
            status, body = partner.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                return  # whoever asked did not wait for the answer

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    partner = StandIn(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield partner
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
