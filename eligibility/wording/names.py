"""Names of programs, sections, lines, abilities; and numbers, days, levels as the texts show them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.numbers import format_decimal
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from eligibility.date_parts import in_words
from eligibility.fields import french
from eligibility.forms.education import LEVELS
from eligibility.forms.languages import TEST_NAMES
from rules.records import ABILITIES

Text = str | Promise

PROGRAM_NAMES: Mapping[str, Text] = {
    "CEC": _("Canadian Experience Class"),
    "FSW": _("Federal Skilled Worker"),
    "FST": _("Federal Skilled Trades"),
    "PNP": _("Provincial Nominee Program"),
}

SECTION_TITLES: Mapping[str, Text] = {
    "core": _("Core"),
    "spouse": _("Spouse or partner"),
    "transferability": _("Skill transferability"),
    "additional": _("Additional points"),
}

LINE_TITLES: Mapping[str, Text] = {
    "age": _("Age"),
    "education": _("Education"),
    "first_language": _("First official language"),
    "second_language": _("Second official language"),
    "canadian_work": _("Canadian work experience"),
    "spouse_education": _("Spouse’s education"),
    "spouse_language": _("Spouse’s language"),
    "spouse_canadian_work": _("Spouse’s Canadian work"),
    "transfer_education": _("Education combinations"),
    "transfer_foreign_work": _("Foreign work combinations"),
    "transfer_trade_certificate": _("Trade certificate combination"),
    "provincial_nomination": _("Provincial nomination"),
    "arranged_employment": _("Arranged employment"),
    "canadian_study": _("Study in Canada"),
    "french": _("French"),
    "sibling": _("Brother or sister in Canada"),
}

GRID_TITLES: Mapping[str, Text] = {
    "education": _("Education"),
    "language": _("Language"),
    "experience": _("Work experience"),
    "age": _("Age"),
    "arranged_employment": _("Arranged employment"),
    "adaptability": _("Adaptability"),
}

CATEGORY_NAMES: Mapping[str, Promise] = {
    "french": _("French"),
    "healthcare": _("Health care and social services"),
    "stem": _("Science, technology, engineering and mathematics"),
    "trades": _("Trades"),
    "transport": _("Transport"),
    "agriculture": _("Agriculture and agri-food"),
    "education": pgettext_lazy("occupations", "Education"),
    "physicians": _("Physicians with Canadian experience"),
    "senior_managers": _("Senior managers with Canadian experience"),
    "researchers": _("Researchers with Canadian experience"),
    "skilled_military": _("Military recruits"),
}
ABILITY_NAMES: Mapping[str, Text] = {
    "listening": _("Listening"),
    "reading": _("Reading"),
    "writing": _("Writing"),
    "speaking": _("Speaking"),
}

EDUCATION_NAMES: Mapping[str, Text] = {
    **dict(LEVELS),
    "two_or_more": _("Two or more credentials after secondary school, one of three years or more"),
}


def number(value: float) -> str:
    """A number with the thousands apart, as the language in use writes it."""
    return format_decimal(value, locale="fr_CA" if french() else "en_CA")


def day(text: str) -> str:
    """The day of an ISO text in words."""
    return in_words(date.fromisoformat(text))


def level(reached: int, language: str) -> str:
    """'CLB 7', 'NCLC 10 or higher' or 'below CLB 4'."""
    words = {"level": reached}
    if language == "fr":
        texts = gettext("below NCLC 4"), gettext("NCLC 10 or higher"), gettext("NCLC %(level)s")
    else:
        texts = gettext("below CLB 4"), gettext("CLB 10 or higher"), gettext("CLB %(level)s")
    return (texts[0] if not reached else texts[1] if reached >= 10 else texts[2]) % words


def levels(reached: Mapping[str, int], language: str) -> str:
    """Four levels, an ability at a time: 'Listening CLB 9, reading CLB 8, …'; one level if all are the same."""
    if len(set(reached.values())) == 1:
        words = {"level": level(next(iter(reached.values())), language)}
        return gettext("%(level)s in all four abilities") % words
    return gettext(
        "listening %(listening)s, reading %(reading)s, writing %(writing)s, speaking %(speaking)s"
    ) % {ability: level(reached[ability], language) for ability in ABILITIES}


def test_name(facts: Mapping[str, Any]) -> str:
    """The name of a test as its report prints it."""
    return str(TEST_NAMES[facts["test"]])
