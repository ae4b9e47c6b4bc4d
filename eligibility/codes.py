"""Personal reference codes: two letters and ten digits, drawn from a secure source, kept only as a keyed hash.

A code is computed from a random seed and the server's key, so that its owner can be shown it again while a copy of
the database alone tells nothing.
"""

import hashlib
import hmac
import re
from uuid import UUID

from django.conf import settings

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
SHAPE = re.compile(r"[A-Z]{2}[0-9]{10}")


def code_from(seed: UUID) -> str:
    """Return the code that belongs to a seed, such as ``JM1234567890``."""
    number = int.from_bytes(_keyed(b"code", seed.bytes))
    number, digits = divmod(number, 10**10)
    number, first = divmod(number, len(LETTERS))
    return f"{LETTERS[first]}{LETTERS[number % len(LETTERS)]}{digits:010d}"


def hash_of(code: str) -> str:
    """Return the keyed hash under which a code is stored."""
    return _keyed(b"hash", code.encode()).hex()


def normalise(typed: str) -> str | None:
    """Return the code that was typed, forgiving case, spaces and hyphens; ``None`` when it has another shape."""
    code = re.sub(r"[\s\-\u2010-\u2015]", "", typed).upper()
    return code if SHAPE.fullmatch(code) else None


def _keyed(purpose: bytes, content: bytes) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), purpose + b"|" + content, hashlib.sha256).digest()
