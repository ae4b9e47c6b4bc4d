"""Figures in content: ``{{ funds.table amounts.0 | money }}`` is a value of the dated parameters on a day, in words.

A figure names a parameter, a fee, or one of ``COMPUTED``; then, where to look in a value of several parts; then,
after a bar, how to write it: a filter of the portal's templates, such as number, money or day_words. ``@first_day``
looks at the day from which the value holds.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.template import engines
from django.template.exceptions import TemplateSyntaxError

from accounts.factors import one_time_codes
from accounts.recovering import recovery
from accounts.signed_in import sessions
from draws.public.history import published_rounds
from guide import demo_figures
from guide.errors import ContentError
from rules import parameters
from rules.occupations import noc2016, noc2021
from rules.parameters import BOOK, Row

FIGURE = re.compile(r"\{\{\s*([\w.]+)(?:\s+(@?[\w.-]+))?(?:\s*\|\s*(\w+))?\s*\}\}")
FIRST_DAY = "@first_day"
PLAIN = "plain"

FEES = parameters.load(Path(__file__).parent / "data")
"""What an application costs: dated like the parameters of the rules, which know nothing of fees."""

CRS_OF_A_PERSON = ("crs.core.maximum", "crs.spouse.maximum")
CRS_OF_ALL = ("crs.transferability.maximum", "crs.additional.maximum")

COMPUTED: Mapping[str, Callable[[date], Any]] = {
    "eca.architects_since": lambda _on: date(2024, 5, 20),  # IRCC notice of 2024-04-15
    "occupations.first_day": lambda _on: date(2022, 11, 16),  # IRCC, NOC 2021 in Express Entry
    "occupations.last_day_before": lambda _on: date(2022, 11, 15),
    "occupations.number": lambda _on: len(noc2021),
    "occupations.number_before": lambda _on: len(noc2016),
    "occupations.skilled": lambda on: sum(
        one.teer in parameters.on(on).value("work.skilled_teer") for one in noc2021.values()
    ),
    "rounds.published": lambda on: sum(held.day <= on for held in published_rounds()),
    "rounds.first_day": lambda _on: published_rounds()[0].day,
    "rounds.last_day": lambda on: max(held.day for held in published_rounds() if held.day <= on),
    "rounds.lowest_cutoff": lambda on: min(held.cutoff for held in published_rounds() if held.day <= on),
    "rounds.highest_cutoff": lambda on: max(held.cutoff for held in published_rounds() if held.day <= on),
    "crs.maximum": lambda on: (
        sum(parameters.on(on).value(name)["without"] for name in CRS_OF_A_PERSON)
        + sum(parameters.on(on).value(name) for name in CRS_OF_ALL)
    ),
    "portal.idle_minutes": lambda _on: sessions.IDLE // timedelta(minutes=1),
    "portal.longest_hours": lambda _on: sessions.LONGEST // timedelta(hours=1),
    "portal.code_minutes": lambda _on: one_time_codes.GOOD_FOR // timedelta(minutes=1),
    "portal.wait_hours": lambda _on: recovery.WAIT // timedelta(hours=1),
    "family.child_age": lambda _on: 22,  # IRPR s. 2, "dependent child": under this age
    **demo_figures.FIGURES,
    "application.history_years": lambda _on: 10,  # what IRCC's application asks of past addresses and work
}
"""Figures that are no parameter of the law, by name: each is worked out as of a day."""


def filled(text: str, on: date, place: str) -> str:
    """Return the text with its figures as of a day. Raises ``ContentError`` that names the place and the figure."""

    def words(match: re.Match[str]) -> str:
        name, part, form = match.groups()
        try:
            return written(value_of(name, part, on), form or PLAIN)
        except (LookupError, TypeError, TemplateSyntaxError) as error:
            raise ContentError(
                f"{place}: {match.group()} names nothing that holds on {on}: {error}"
            ) from error

    return FIGURE.sub(words, text)


def value_of(name: str, part: str | None, on: date) -> Any:
    """Return a figure's value as of a day. Raises ``LookupError`` or ``TypeError`` when there is none."""
    if name in COMPUTED:
        return COMPUTED[name](on)
    row = row_of(name, on)
    if part == FIRST_DAY:
        return row.first_day
    value = row.value
    for step in part.split(".") if part else ():
        value = value[int(step)] if isinstance(value, list) else _of(value, step)
    if isinstance(value, dict | list):
        raise TypeError("it has several parts; name one")
    return value


def row_of(name: str, on: date) -> Row:
    """Return what holds on a day of a parameter of the rules, or of a fee. Raises ``LookupError``."""
    return (FEES if name in FEES else BOOK)[name].on(on)


def _of(value: Mapping[Any, Any], step: str) -> Any:
    return value[int(step)] if step.isdecimal() and step not in value else value[step]


def written(value: Any, form: str) -> str:
    """Return a value as text in the active language."""
    return str(_template(form).render({"value": value})).strip()


@cache
def _template(form: str) -> Any:
    if form == PLAIN:
        return engines["django"].from_string("{{ value }}")
    return engines["django"].from_string("{% load portal %}{{ value|" + form + " }}")
