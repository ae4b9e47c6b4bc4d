"""Dates that cannot well be: what is asked about before an entry is saved, and what is refused, each with its reason.

The limits are the simulator's own choice, not the law's; an odd truth is confirmed and then kept.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility.date_parts import in_words
from eligibility.fields import Text
from eligibility.forms.education import ORGANIZATIONS
from rules.deadlines import anniversary, completed_years
from rules.parameters import on as parameters_on

YOUNGEST_GRADUATE, YOUNGEST_PUPIL = 16, 12
HIGHER = ("three_year", "masters", "professional", "doctoral")
NOT_AWARDED = "none"
DESIGNATED = frozenset(code for code, _name in ORGANIZATIONS) - {"", "other"}
YOUNGEST_WORKER = 16
LONGEST_JOB = 60
OLDER = ("parent", "grandparent")
YOUNGER = ("child", "grandchild")

CLAIMS: Mapping[str, Text] = {
    "young_graduate": gettext_lazy("Yes, this is right: the studies ended at that age."),
    "early_assessment": gettext_lazy("Yes, this is right: the report came before the studies ended."),
    "organization": gettext_lazy(
        "Yes, this is right: another organization, designated on that day, made it."
    ),
    "undesignated": gettext_lazy("Yes, this is right: the report was issued that early."),
    "young_worker": gettext_lazy("Yes, this is right: the job began at that age."),
    "long_job": gettext_lazy("Yes, this is right: the job lasted that long."),
    "generations": gettext_lazy("Yes, this is right: the relative was born on that day."),
    "no_funds": gettext_lazy("Yes, this is right: I cannot bring any money."),
    "quebec": gettext_lazy("Yes, this is right: I plan to live in Quebec."),
}
"""What somebody confirms, by the code of the doubt."""


@dataclass(frozen=True)
class Doubt:
    """Something at ``field`` that cannot well be, or with ``refused`` cannot be at all.

    ``key`` stands for this doubt about this very answer: another answer is asked about anew.
    """

    code: str
    field: str
    message: str
    about: str = ""
    refused: bool = False

    @property
    def key(self) -> str:
        return f"{self.code}:{self.about}"


def claim(key: str) -> Text:
    """Return what somebody confirms who ticks the box of a doubt; empty for a key that no doubt has."""
    return CLAIMS.get(key.partition(":")[0], "")


def of_study(entry: Mapping[str, Any], born: date | None, today: date) -> Iterator[Doubt]:
    """Yield what cannot well be about a credential."""
    begun, ended = _day(entry.get("start_date")), _day(entry.get("completion_date"))
    for field, told in (("start_date", begun), ("completion_date", ended)):
        if born and told and told <= born:
            yield _before_birth(field, told, born)
            return
    if born and ended:
        yield from _young_graduate(entry["level"], born, ended)
    eca = entry.get("eca") or {}
    assessed = _day(eca.get("issued_on"))
    if assessed:
        yield from _of_assessment(assessed, ended, today)
        yield from _of_organization(eca.get("organization"), assessed)


def _young_graduate(level: str, born: date, ended: date) -> Iterator[Doubt]:
    youngest = YOUNGEST_GRADUATE if level in HIGHER else YOUNGEST_PUPIL
    age = completed_years(born, ended)
    if level != NOT_AWARDED and age < youngest:
        message = _(
            "Born on %(born)s, somebody is %(age)s years old on %(day)s, which is very young for this "
            "credential. Check both dates. If they are right, tick the box below."
        )
        words = {"born": in_words(born), "age": age, "day": in_words(ended)}
        yield Doubt("young_graduate", "completion_date", message % words, ended.isoformat())


def _of_assessment(assessed: date, ended: date | None, today: date) -> Iterator[Doubt]:
    first = parameters_on(today).value("eca.designated_since")
    if assessed < first:
        message = _(
            "On %(day)s no organization was designated for these assessments; the first were on %(first)s. "
            "An earlier report does not count. Check the date. If it is right, tick the box below."
        )
        words = {"day": in_words(assessed), "first": in_words(first)}
        yield Doubt("undesignated", "issued_on", message % words, assessed.isoformat())
    elif ended and assessed < ended:
        message = _(
            "The report, of %(day)s, is older than the credential, completed on %(end)s. Check both dates. "
            "If they are right, tick the box below."
        )
        words = {"day": in_words(assessed), "end": in_words(ended)}
        yield Doubt("early_assessment", "issued_on", message % words, assessed.isoformat())


def _of_organization(organization: str | None, assessed: date) -> Iterator[Doubt]:
    if organization in DESIGNATED:
        return
    message = _(
        "Only the report of a designated organization counts, and these are in the list. Choose one of them, or "
        "tick the box below if yours was another one that was designated on %(day)s."
    )
    yield Doubt("organization", "organization", message % {"day": in_words(assessed)}, assessed.isoformat())


def of_test(entry: Mapping[str, Any], born: date | None, _today: date) -> Iterator[Doubt]:
    """Yield what cannot be about a language test."""
    taken = _day(entry.get("date_taken"))
    if born and taken and taken <= born:
        yield _before_birth("date_taken", taken, born)


def of_job(entry: Mapping[str, Any], born: date | None, today: date) -> Iterator[Doubt]:
    """Yield what cannot well be about a job."""
    begun, ended = _day(entry["start_date"]), _day(entry.get("end_date")) or today
    if begun is None:
        return
    if born and begun <= born:
        yield _before_birth("start_date", begun, born)
    elif born and completed_years(born, begun) < YOUNGEST_WORKER:
        message = _(
            "Born on %(born)s, somebody is %(age)s years old on %(day)s, and work before %(youngest)s is rare. "
            "Check both dates. If they are right, tick the box below."
        )
        words = {"born": in_words(born), "age": completed_years(born, begun), "day": in_words(begun)}
        message = message % (words | {"youngest": YOUNGEST_WORKER})
        yield Doubt("young_worker", "start_date", message, begun.isoformat())
    if anniversary(begun, LONGEST_JOB) < ended:
        message = _(
            "From %(start)s to %(end)s is more than %(years)s years in one job. Check both dates. "
            "If they are right, tick the box below."
        )
        words = {"start": in_words(begun), "end": in_words(ended), "years": LONGEST_JOB}
        yield Doubt("long_job", "start_date", message % words, begun.isoformat())


def of_relative(entry: Mapping[str, Any], born: date | None, _today: date) -> Iterator[Doubt]:
    """Yield what cannot well be about a relative: parents are older than their children."""
    told = _day(entry["birth_date"])
    if born is None or told is None or entry.get("of") != "applicant":
        return
    words = {"told": in_words(told), "born": in_words(born)}
    message = ""
    if entry["relationship"] in OLDER and told >= born:
        message = _(
            "A parent or grandparent born on %(told)s would not be older than you, born on %(born)s. "
            "Check the date and how you are related. If both are right, tick the box below."
        )
    elif entry["relationship"] in YOUNGER and told <= born:
        message = _(
            "A child or grandchild born on %(told)s would not be younger than you, born on %(born)s. "
            "Check the date and how you are related. If both are right, tick the box below."
        )
    if message:
        yield Doubt("generations", "birth_date", message % words, told.isoformat())


def of_certificate(entry: Mapping[str, Any], born: date | None, _today: date) -> Iterator[Doubt]:
    """Yield what cannot be about a certificate of qualification."""
    issued = _day(entry.get("issued_on"))
    if born and issued and issued <= born:
        yield _before_birth("issued_on", issued, born)


def of_practice(qualified_on: date | None, born: date | None) -> Iterator[Doubt]:
    """Yield what cannot be about the day from which somebody may practise an occupation."""
    if born and qualified_on and qualified_on <= born:
        yield _before_birth("qualified_on", qualified_on, born)


def of_plans(provinces: list[str], funds: float | None) -> Iterator[Doubt]:
    """Yield what is asked about a plan for Quebec, and about money of which there is none."""
    if "QC" in provinces:
        message = _(
            "With Quebec ticked your profile is not eligible for any program, because Quebec selects its own "
            "skilled workers. Untick it, or tick the box below if that is your plan."
        )
        yield Doubt("quebec", "provinces", message)
    if funds == 0:
        message = _(
            "With 0 dollars the two programs that ask for settlement funds cannot be met, unless you work in "
            "Canada and have a job offer that counts. Enter the amount, or tick the box below if it is 0."
        )
        yield Doubt("no_funds", "settlement_funds_cad", message)


def _before_birth(field: str, told: date, born: date) -> Doubt:
    message = _(
        "%(day)s is not after the birth date in the profile, %(born)s. Correct the date that is wrong."
    )
    return Doubt("unborn", field, message % {"day": in_words(told), "born": in_words(born)}, refused=True)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
