"""Where an answer lies: a dotted path of keys through dictionaries, such as ``identity.passport.number``."""

from collections.abc import Mapping
from typing import Any

Part = Mapping[str, Any]


def has(part: Part, place: str) -> bool:
    """Whether something was answered there; null is an answer."""
    key, _dot, rest = place.partition(".")
    if key not in part:
        return False
    return not rest or (isinstance(part[key], dict) and has(part[key], rest))


def at(part: Part, place: str) -> Any:
    """Return what lies there, None where nothing does."""
    found: Any = part
    for key in place.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return found


def placed(part: Part, told: Part) -> dict[str, Any]:
    """Return a part with values put where their places say; what lies beside them stays."""
    changed = dict(part)
    for place, value in told.items():
        key, _dot, rest = place.partition(".")
        changed[key] = placed(changed.get(key) or {}, {rest: value}) if rest else value
    return changed


def root(place: str) -> str:
    """Return the top-level key of a place."""
    return place.partition(".")[0]
