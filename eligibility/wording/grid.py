"""The six factors of the FSW selection grid in sentences."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from eligibility.wording.lines import credentials, language, offer, worked, years
from eligibility.wording.names import GRID_TITLES
from eligibility.wording.shapes import GridRow
from eligibility.wording.sources import source
from rules.explanation import GridFactor

Facts = Mapping[str, Any]

ADAPTABILITY: Mapping[str, Promise] = {
    "spouse_language": gettext_lazy("Your spouse’s language counts: %(points)s."),
    "applicant_study": gettext_lazy("You studied in Canada for two years: %(points)s."),
    "spouse_study": gettext_lazy("Your spouse studied in Canada for two years: %(points)s."),
    "applicant_work": gettext_lazy("You worked in Canada full time for a year: %(points)s."),
    "spouse_work": gettext_lazy("Your spouse worked in Canada full time for a year: %(points)s."),
    "relative": gettext_lazy("A relative lives in Canada: %(points)s."),
    "arranged_employment": gettext_lazy("Your job offer counts: %(points)s."),
}


def row(factor: GridFactor) -> GridRow:
    """One factor with the answer that decided it."""
    answer = _ANSWERS[factor.factor](factor.facts)
    label = str(GRID_TITLES[factor.factor])
    return GridRow(factor.factor, label, answer, factor.points, factor.rule.cap or 0, source(factor.rule))


def _education(facts: Facts) -> str:
    return " ".join(credentials(facts))


def _language(facts: Facts) -> str:
    sentences = language(facts, facts["language"])
    second = facts["second_lowest"]
    if second is None:
        sentences.append(_("No test of the other official language counts."))
    else:
        told = _("The lowest level of your other official language is %(level)s.")
        sentences.append(told % {"level": second})
    return " ".join(sentences)


def _experience(facts: Facts) -> str:
    told = worked(
        facts,
        _("%(hours)s hours of skilled work count from %(first)s to %(last)s."),
        _("No skilled work counts from %(first)s to %(last)s."),
    )
    return " ".join([told, *years(facts)])


def _age(facts: Facts) -> str:
    told = ngettext("You are %(age)s year old.", "You are %(age)s years old.", facts["age"])
    return told % {"age": facts["age"]}


def _adaptability(facts: Facts) -> str:
    items = [str(ADAPTABILITY[item]) % {"points": points} for item, points in facts["items"].items()]
    return " ".join(items) or _("No study, work or relative in Canada counts.")


_ANSWERS: Mapping[str, Callable[[Facts], str]] = {
    "education": _education,
    "language": _language,
    "experience": _experience,
    "age": _age,
    "arranged_employment": offer,
    "adaptability": _adaptability,
}
