"""Why a line of the command `score` cannot be read, in the language in use."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rules.facts import ProfileError

ERRORS: Mapping[str, Promise] = {
    "missing": _("This is missing. Expected: {expected}."),
    "unknown_key": _("A profile has no such key here. Known keys: {known}."),
    "not_an_object": _("This must be an object with named values, but it is {found}."),
    "not_a_list": _("This must be a list, but it is {found}. Use [] for none."),
    "not_a_day": _('This must be a day written as "YYYY-MM-DD", but it is {found}.'),
    "impossible_day": _("The calendar has no day {found}. Check year, month and day."),
    "number_as_text": _("This must be a number, but it is the text {found}. Leave out the quotation marks."),
    "not_a_number": _("This must be a number, but it is {found}."),
    "not_finite": _("This must be an ordinary number, but it is {found}."),
    "too_large": _("This number is too large: {found}. The largest that is read is {limit}."),
    "too_small": _("This must be {minimum} or more, but it is {found}."),
    "not_above": _("This must be more than {minimum}, but it is {found}."),
    "above_maximum": _("This must be {maximum} or less, but it is {found}."),
    "not_whole": _("This must be a whole number, but it is {found}."),
    "not_a_boolean": _("This must be true or false, but it is {found}."),
    "not_text": _("This must be text, but it is {found}."),
    "broken_text": _("This text holds characters that cannot be stored: {found}. Type it again."),
    "unknown_code": _("{found} is not one of the codes that can stand here: {known}."),
    "unknown_country": _(
        '{found} is no country code. Expected two capital letters (ISO 3166-1), as in "CA".'
    ),
    "unknown_noc": _(
        '{found} is no unit group of NOC 2021. Expected five digits in quotation marks: "21232".'
    ),
    "ends_before_it_starts": _("This ends on {end}, before it starts on {start}. Check both days."),
    "born_later": _("The birth date {birth} is after the assessment date {as_of}. Check both days."),
    "before_the_system": _("Express Entry began on {first}, so nothing can be assessed on {found}."),
    "after_the_horizon": _("The assessment date {found} is too far ahead. The last that is read is {last}."),
    "repeated_key": _("This key is said more than once in the same object. Keep one of them."),
    "empty_line": _("The line is empty. Expected one profile as a JSON object."),
    "not_json": _("The line is not JSON. Check quotes, commas and brackets near character {position}."),
    "not_utf8": _("The line is not UTF-8 text: byte {position} cannot be read."),
    "line_too_long": _("The line is longer than {limit} bytes. A profile takes a few thousand."),
    "too_deep": _(
        "The lists and objects of the line lie too deep in one another. A profile has four levels."
    ),
}


def error_message(error: ProfileError) -> str:
    """What is wrong with the value and what is expected."""
    return str(ERRORS[error.code]).format(**error.details)
