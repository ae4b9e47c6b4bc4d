"""Reading single values of a JSON document strictly: the value, or a `ProfileError` that helps.

Readers take the object and the key, so that the path of an error is known without building it beforehand;
an outer reader puts its own place in front with `ProfileError.under`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Any, Final, TypeVar

from rules.occupations import countries, noc2021
from rules.records import Number

Document = dict[str, Any]
Part = TypeVar("Part")

LARGEST_NUMBER: Final = 10**15
_LONGEST_QUOTE: Final = 60

MESSAGES: Final = {
    "missing": "This is missing. Expected: {expected}.",
    "unknown_key": "A profile has no such key here. Known keys: {known}.",
    "not_an_object": "This must be an object with named values, but it is {found}.",
    "not_a_list": "This must be a list, but it is {found}. Use [] for none.",
    "not_a_day": 'This must be a day written as "YYYY-MM-DD", but it is {found}.',
    "impossible_day": "The calendar has no day {found}. Check year, month and day.",
    "number_as_text": "This must be a number, but it is the text {found}. Leave out the quotation marks.",
    "not_a_number": "This must be a number, but it is {found}.",
    "not_finite": "This must be an ordinary number, but it is {found}.",
    "too_large": "This number is too large: {found}. The largest that is read is {limit}.",
    "too_small": "This must be {minimum} or more, but it is {found}.",
    "not_above": "This must be more than {minimum}, but it is {found}.",
    "above_maximum": "This must be {maximum} or less, but it is {found}.",
    "not_whole": "This must be a whole number, but it is {found}.",
    "not_a_boolean": "This must be true or false, but it is {found}.",
    "not_text": "This must be text, but it is {found}.",
    "broken_text": "This text holds characters that cannot be stored: {found}. Type it again.",
    "unknown_code": "{found} is not one of the codes that can stand here: {known}.",
    "unknown_country": '{found} is no country code. Expected two capital letters (ISO 3166-1), as in "CA".',
    "unknown_noc": '{found} is no unit group of NOC 2021. Expected five digits in quotation marks: "21232".',
    "ends_before_it_starts": "This ends on {end}, before it starts on {start}. Check both days.",
    "born_later": "The birth date {birth} is after the assessment date {as_of}. Check both days.",
    "before_the_system": "Express Entry began on {first}, so nothing can be assessed on {found}.",
    "after_the_horizon": "The assessment date {found} is too far ahead. The last that is read is {last}.",
    "repeated_key": "This key is said more than once in the same object. Keep one of them.",
    "empty_line": "The line is empty. Expected one profile as a JSON object.",
    "not_json": "The line is not JSON. Check quotes, commas and brackets near character {position}.",
    "not_utf8": "The line is not UTF-8 text: byte {position} cannot be read.",
    "line_too_long": "The line is longer than {limit} bytes. A profile takes a few thousand.",
    "too_deep": "The lists and objects of the line lie too deep in one another. A profile has four levels.",
}


class ProfileError(ValueError):
    """One value of a profile document cannot be read.

    `path` names the value, as in ``language_tests[0].scores.reading`` (empty: the document itself);
    `message` says in English what is wrong and what is expected. `code` (a key of `MESSAGES`) and `details`
    carry the same, so that it can be said in another language.
    """

    def __init__(self, path: str, code: str, **details: str) -> None:
        super().__init__(path, code)
        self.path = path
        self.code = code
        self.details = details

    @property
    def message(self) -> str:
        """What is wrong and what is expected, in English."""
        return MESSAGES[self.code].format(**self.details)

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message

    def under(self, place: str) -> ProfileError:
        """The same error as seen from outside, where the object read so far stands at `place`."""
        joint = "." if self.path and not self.path.startswith("[") else ""
        return ProfileError(f"{place}{joint}{self.path}", self.code, **self.details)


class _Absent:
    """Stands for a key that the object does not have."""


ABSENT: Final = _Absent()


def quoted(value: object) -> str:
    """`value` as short JSON that is safe to print: at most 60 characters, nothing but ASCII."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER**2:
        return "a number of more than thirty digits"
    text = json.dumps(value[: _LONGEST_QUOTE + 1] if isinstance(value, str) else value, default=repr)
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def listed(codes: Iterable[object]) -> str:
    """Codes as they stand in JSON, separated by commas."""
    return ", ".join(json.dumps(code) for code in codes)


def refuse(key: str, value: object, code: str, expected: str, **details: str) -> ProfileError:
    """The error for a `value` that is not what `expected` says: `missing` if it is not there at all."""
    if value is ABSENT:
        return ProfileError(key, "missing", expected=expected)
    return ProfileError(key, code, found=quoted(value), **details)


def require_object(value: object) -> Document:
    """`value` if it is a JSON object."""
    if isinstance(value, dict):
        return value
    raise ProfileError("", "not_an_object", found=quoted(value))


def require_known(document: Document, known: frozenset[str]) -> None:
    """Refuse the first key of `document` that is not among `known`."""
    if not known.issuperset(document):
        key = next(key for key in document if key not in known)
        raise ProfileError(quoted(key)[1:-1], "unknown_key", known=", ".join(sorted(known)))


@lru_cache(maxsize=1 << 16)
def _calendar_day(text: str) -> date | None:
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    return None


def read_day(document: Document, key: str) -> date:
    """A day of the calendar written as YYYY-MM-DD."""
    value = document.get(key, ABSENT)
    if type(value) is str and (day := _calendar_day(value)) is not None:
        return day
    shaped = (
        type(value) is str
        and len(value) == 10
        and value.isascii()
        and value[4] == value[7] == "-"
        and (value[:4] + value[5:7] + value[8:]).isdigit()
    )
    raise refuse(key, value, "impossible_day" if shaped else "not_a_day", 'a day as "YYYY-MM-DD"')


def read_day_or_none(document: Document, key: str) -> date | None:
    """A day, or None where the document says null or nothing."""
    return None if document.get(key) is None else read_day(document, key)


def read_number(document: Document, key: str) -> Number:
    """A finite number; a whole one comes back as int."""
    value = document.get(key, ABSENT)
    if type(value) is float and isfinite(value):
        value = int(value) if value.is_integer() else value
    elif type(value) is not int:
        code = {float: "not_finite", str: "number_as_text"}.get(type(value), "not_a_number")
        raise refuse(key, value, code, "a number")
    if value > LARGEST_NUMBER:
        raise refuse(key, value, "too_large", "", limit=str(LARGEST_NUMBER))
    number: Number = value
    return number


def read_amount(document: Document, key: str) -> Number:
    """A number of 0 or more."""
    value = document.get(key, ABSENT)
    if type(value) is int and 0 <= value <= LARGEST_NUMBER:
        return value  # most are: this is the quick way to the same answer
    number = read_number(document, key)
    if number < 0:
        raise refuse(key, number, "too_small", "", minimum="0")
    return number


def read_hours(document: Document, key: str) -> Number:
    """A number of more than 0."""
    value = read_number(document, key)
    if value <= 0:
        raise refuse(key, value, "not_above", "", minimum="0")
    return value


def read_whole(document: Document, key: str, minimum: int) -> int:
    """A whole number of `minimum` or more; 2.0 is one too."""
    value = read_number(document, key)
    if type(value) is not int:
        raise refuse(key, value, "not_whole", "")
    if value < minimum:
        raise refuse(key, value, "too_small", "", minimum=str(minimum))
    return value


def read_boolean(document: Document, key: str) -> bool:
    """True or false, required."""
    value = document.get(key, ABSENT)
    if type(value) is bool:
        return value
    raise refuse(key, value, "not_a_boolean", "true or false")


def read_flag(document: Document, key: str, default: bool = False) -> bool:
    """True or false; `default` where the key is absent."""
    return read_boolean(document, key) if key in document else default


def read_code(document: Document, key: str, known: tuple[str, ...]) -> str:
    """One of the texts `known`."""
    value = document.get(key, ABSENT)
    if type(value) is str and value in known:
        return value
    raise refuse(key, value, "unknown_code", f"one of {listed(known)}", known=listed(known))


def read_noc(document: Document, key: str) -> str:
    """The code of a unit group of NOC 2021."""
    value = document.get(key, ABSENT)
    if type(value) is str and value in noc2021:
        return value
    raise refuse(key, value, "unknown_noc", 'a NOC 2021 code such as "21232"')


def read_country(document: Document, key: str) -> str:
    """A country code of ISO 3166-1 alpha-2."""
    value = document.get(key, ABSENT)
    if type(value) is str and value in countries:
        return value
    raise refuse(key, value, "unknown_country", 'a country code such as "CA"')


def read_text_or_none(document: Document, key: str) -> str | None:
    """Free text that can be stored, or None where the key is absent."""
    value = document.get(key, ABSENT)
    if value is ABSENT:
        return None
    if type(value) is not str:
        raise refuse(key, value, "not_text", "")
    if "\0" in value or not _encodable(value):
        raise refuse(key, value, "broken_text", "")
    return value


def read_list(document: Document, key: str, read: Callable[[object], Part]) -> tuple[Part, ...]:
    """Every item of a list through `read`; an absent key is an empty list."""
    items = document.get(key, ABSENT)
    if items is ABSENT:
        return ()
    if type(items) is not list:
        raise refuse(key, items, "not_a_list", "")
    parts: list[Part] = []
    try:
        parts.extend(map(read, items))
    except ProfileError as error:
        raise error.under(f"{key}[{len(parts)}]") from None
    return tuple(parts)


def read_part_or_none(document: Document, key: str, read: Callable[[object], Part]) -> Part | None:
    """An object through `read`, or None where the document says null or nothing."""
    value = document.get(key)
    return None if value is None else read_part(document, key, read)


def read_part(document: Document, key: str, read: Callable[[object], Part]) -> Part:
    """A required object through `read`."""
    if key not in document:
        raise ProfileError(key, "missing", expected="an object")
    try:
        return read(document[key])
    except ProfileError as error:
        raise error.under(key) from None


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
