"""What the partner must keep secret, made when it first starts and kept in its state folder, never in the code."""

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ImproperlyConfigured

from eeportal.environment import Environment

CLIENT_SECRET = "client-secret"
SESSION_SECRET = "session-secret"
SUBJECT_SECRET = "subject-secret"
SIGNING_KEY = "signing-key.pem"


def folder() -> Path:
    """The state folder, for its owner only."""
    named = Environment().text("EEPORTAL_PARTNER_STATE")
    if not named:
        raise ImproperlyConfigured(
            "EEPORTAL_PARTNER_STATE must name the folder in which the simulated sign-in partner keeps its keys."
        )
    found = Path(named)
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def secret(name: str) -> str:
    """A random text of 43 characters, the same at every start."""
    return _kept(name) or _keep(name, secrets.token_urlsafe(32))


def signing_key() -> str:
    """The private RSA key that signs id_tokens, as PEM."""
    return _kept(SIGNING_KEY) or _keep(SIGNING_KEY, _new_key())


def _kept(name: str) -> str:
    path = folder() / name
    return path.read_text() if path.exists() else ""


def _keep(name: str, text: str) -> str:
    """Write a new file at one stroke; if another process was first, its text is the one that counts."""
    draft = folder() / f"{name}.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    try:
        os.link(draft, folder() / name)
    except FileExistsError:
        text = _kept(name)
    finally:
        draft.unlink()
    return text


def _new_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
