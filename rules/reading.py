"""One line of text to a loaded JSON document, strictly, or a `ProfileError` that says what is wrong with it."""

from __future__ import annotations

import json
from typing import Any, Final

from rules.checking import ProfileError

MOST_DIGITS: Final = 30


class Repeated:
    """Stands in a document for the value of a key that its object says more than once."""


class _RepeatedKey(Exception):
    """Some object of the document says a key more than once."""


def load(line: bytes) -> object:
    """The JSON document of one line in UTF-8.

    Raises `ProfileError` for an empty line, for what is not UTF-8 or not JSON, and for a key said twice.
    NaN, Infinity and numbers without end come through as floats that `facts.parse` refuses where they stand.
    """
    text = _decoded(line)
    try:
        return _document(text, _DECODER)
    except RecursionError:
        raise ProfileError("", "too_deep") from None
    except _RepeatedKey:
        path = _path_of_repeated(_MARKING_DECODER.decode(text))
        raise ProfileError(path or "", "repeated_key") from None


def _decoded(line: bytes) -> str:
    try:
        text = line.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ProfileError("", "not_utf8", position=str(error.start + 1)) from None
    if not text or text.isspace():
        raise ProfileError("", "empty_line")
    return text


def _document(text: str, decoder: json.JSONDecoder) -> object:
    try:
        return decoder.decode(text)
    except json.JSONDecodeError as error:
        raise ProfileError("", "not_json", position=str(error.pos + 1)) from None
    except ValueError:
        return _document(text, _LENIENT_DECODER)


def _whole_number(text: str) -> float:
    """An integer, or infinity for one of so many digits that Python would not read it."""
    return int(text) if len(text) <= MOST_DIGITS else float(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _RepeatedKey
    return found


def _marked(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    marked: dict[str, Any] = {}
    for key, value in pairs:
        marked[key] = Repeated() if key in marked else value
    return marked


def _path_of_repeated(part: object) -> str | None:
    if isinstance(part, Repeated):
        return ""
    if isinstance(part, dict):
        places = [(str(key), value) for key, value in part.items()]
    else:
        places = [(f"[{index}]", value) for index, value in enumerate(part)] if isinstance(part, list) else []
    for place, value in places:
        path = _path_of_repeated(value)
        if path is not None:
            return f"{place}.{path}".rstrip(".").replace(".[", "[")
    return None


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_object)
_LENIENT_DECODER: Final = json.JSONDecoder(object_pairs_hook=_object, parse_int=_whole_number)
_MARKING_DECODER: Final = json.JSONDecoder(object_pairs_hook=_marked, parse_int=_whole_number)
