"""Answers in words, for lists of what was added and for 'check your answers'."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility.date_parts import in_words
from eligibility.fields import PROVINCES, french, in_digits
from eligibility.forms.education import LEVELS, ORGANIZATIONS, STUDY_CONDITIONS
from eligibility.forms.family import RELATIONSHIPS, STATUSES
from eligibility.forms.languages import TEST_NAMES
from eligibility.forms.person import MARITAL_STATUSES, OFFICIAL_LANGUAGES
from eligibility.occupations import title_of
from rules.occupations import countries

Part = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Summary:
    """An entry in words: its name, and what else was told of it, a line each."""

    title: str
    lines: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join((self.title, *self.lines))


def word(choices: Iterable[tuple[str, Any]], value: str) -> str:
    return str(dict(choices)[value])


def day(text: str) -> str:
    return in_words(date.fromisoformat(text))


def yes_or_no(answer: bool) -> str:
    return _("Yes") if answer else _("No")


def province(code: str | None) -> str:
    if code is None:
        return _("Not decided yet, but outside Quebec")
    return _("A federal body") if code == "CA" else word(PROVINCES, code)


def country(code: str) -> str:
    return countries[code].name_fr if french() else countries[code].name_en


def occupation(code: str | None) -> str:
    return _("None named") if code is None else f"{title_of(code)} ({code})"


def money(amount: float) -> str:
    if french():
        return f"{format_decimal(amount, locale='fr_CA')} $ CA"
    return f"{format_decimal(amount, locale='en_CA')} CAD"


def language_test(part: Part) -> Summary:
    if "test" not in part:
        return unfinished()
    title = _("%(test)s, taken on %(day)s") % {
        "test": TEST_NAMES[part["test"]],
        "day": day(part["date_taken"]),
    }
    if "scores" not in part:
        return Summary(title)
    words = {ability: in_digits(score) for ability, score in part["scores"].items()}
    return Summary(
        title,
        (
            _("Listening %(listening)s, reading %(reading)s, writing %(writing)s, speaking %(speaking)s")
            % words,
        ),
    )


def job(part: Part) -> Summary:
    if "noc" not in part:
        return unfinished()
    if "start_date" not in part:
        return Summary(occupation(part["noc"]))
    words = {"country": country(part["country"]), "hours": in_digits(part["hours_per_week"])}
    return Summary(
        occupation(part["noc"]),
        (
            period(part["start_date"], part["end_date"]),
            _("%(country)s, %(hours)s hours a week") % words,
            *unusual(part),
        ),
    )


def unusual(part: Part) -> list[str]:
    """Return what sets a job apart, a sentence each."""
    told = [
        (part.get("paid") is False, _("Not paid")),
        (part.get("self_employed") is True, _("Self-employed")),
        (part.get("full_time_student") is True, _("Beside full-time study")),
        (part.get("authorized") is False, _("Without authorization to work in Canada")),
    ]
    return [sentence for true, sentence in told if true]


def period(start: str, end: str | None) -> str:
    if end is None:
        return _("Since %(start)s") % {"start": day(start)}
    return _("From %(start)s to %(end)s") % {"start": day(start), "end": day(end)}


def credential(part: Part) -> Summary:
    if "level" not in part:
        return unfinished()
    finished = part["completion_date"]
    when = _("completed on %(day)s") % {"day": day(finished)} if finished else _("not finished")
    lines = [f"{country(part['country'])}, {when}", *assessment(part), *canadian_study(part)]
    return Summary(word(LEVELS, part["level"]), tuple(lines))


def assessment(part: Part) -> list[str]:
    if "eca" not in part or part["country"] == "CA":
        return []
    eca = part["eca"]
    if not eca:
        return [_("No educational credential assessment")]
    known = dict(ORGANIZATIONS).get(eca.get("organization") or "other", eca.get("organization"))
    words = {"by": known, "day": day(eca["issued_on"]), "level": word(LEVELS, eca["equivalency"])}
    return [_("Assessed by %(by)s on %(day)s as: %(level)s") % words]


def canadian_study(part: Part) -> list[str]:
    study = part.get("canadian_study")
    if not study:
        return []
    words = {"full": in_digits(study["full_time_months"]), "there": in_digits(study["months_in_canada"])}
    conditions = [str(sentence) for name, sentence in STUDY_CONDITIONS.items() if study.get(name)]
    return [_("%(full)s months of full-time study, %(there)s of them in Canada") % words, *conditions]


def certificate(part: Part) -> Summary:
    if "issuer" not in part:
        return Summary(occupation(part["noc"])) if "noc" in part else unfinished()
    words = {"by": province(part["issuer"]), "day": day(part["issued_on"])}
    return Summary(occupation(part["noc"]), (_("Issued by: %(by)s, on %(day)s") % words,))


def job_offer(part: Part) -> Summary:
    if "lmia" not in part:
        return Summary(occupation(part["noc"])) if "noc" in part else unfinished()
    permits = {
        None: _("No work permit"),
        "lmia": _("Work permit that names this employer, based on an LMIA"),
        "lmia_exempt": _("Work permit that names this employer, without an LMIA"),
        "open": _("Open work permit"),
    }
    since = part.get("employer_since")
    return Summary(
        occupation(part["noc"]),
        (
            _("%(hours)s hours a week") % {"hours": in_digits(part["hours_per_week"])},
            duration(part["duration_months"]),
            _("With a positive LMIA") if part["lmia"] else _("Without an LMIA"),
            permits[part["work_permit"]],
            *([_("With this employer since %(day)s") % {"day": day(since)}] if since else []),
        ),
    )


def duration(months: float | None) -> str:
    if months is None:
        return _("No end date")
    return ngettext("For %(months)s month", "For %(months)s months", int(months)) % {
        "months": in_digits(months)
    }


def nomination(part: Part) -> Summary:
    if "province" not in part:
        return unfinished()
    expires = part.get("expires_on")
    until = _("Valid until %(day)s") % {"day": day(expires)} if expires else _("Without an end date")
    return Summary(
        province(part["province"]), (_("Issued on %(day)s") % {"day": day(part["issued_on"])}, until)
    )


def relative(part: Part) -> Summary:
    if "relationship" not in part:
        return unfinished()
    whose = _("Relative of your spouse or partner") if part["of"] == "spouse" else _("Your relative")
    return Summary(
        word(RELATIONSHIPS, part["relationship"]),
        (whose, word(STATUSES, part["status"]), _("Born on %(day)s") % {"day": day(part["birth_date"])}),
    )


def unfinished() -> Summary:
    return Summary(_("Not finished"))


PLAIN: dict[str, Callable[[Any], str]] = {
    "intended_province": province,
    "first_official_language": lambda value: word(OFFICIAL_LANGUAGES, value),
    "marital_status": lambda value: word(MARITAL_STATUSES, value),
    "accompanying": lambda value: _("Comes with you to Canada") if value else _("Does not come with you"),
    "canadian_citizen_or_pr": lambda value: (
        _("Is a citizen or permanent resident") if value else _("Is neither citizen nor permanent resident")
    ),
    "primary_occupation_noc": occupation,
    "settlement_funds_cad": money,
    "family_size": str,
    "birth_date": day,
    "studied_two_years_in_canada": yes_or_no,
}
ENTRIES: dict[str, Callable[[Part], Summary]] = {
    "language_tests": language_test,
    "work": job,
    "education": credential,
    "relatives_in_canada": relative,
    "certificate_of_qualification": certificate,
    "job_offer": job_offer,
    "provincial_nomination": nomination,
}
"""By key of the profile JSON: an answer in words, an entry or a thing as a ``Summary``."""
