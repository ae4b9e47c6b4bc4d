"""A step that would gain points, in words: what it is, what it takes, what else it opens or closes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility.forms.languages import TEST_NAMES
from eligibility.summaries import country, day, money, occupation, province
from eligibility.wording.names import ABILITY_NAMES, EDUCATION_NAMES, PROGRAM_NAMES, level, number
from rules.steps import Step

Needs = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StepText:
    """``title`` names the step, ``takes`` says what it asks, ``effects`` what it opens or closes besides points."""

    title: str
    takes: str
    effects: list[str]


def step_text(step: Step) -> StepText:
    """Return a step in the language in use."""
    title, takes = _WORDS[step.kind](step.needs)
    return StepText(title, takes, effects(step))


def effects(step: Step) -> list[str]:
    """Return what a step opens and closes, a sentence each."""
    told = []
    if step.opens:
        told.append(_("It opens: %(programs)s.") % {"programs": _programs(step.opens)})
    if step.closes:
        told.append(_("It closes: %(programs)s.") % {"programs": _programs(step.closes)})
    if step.categories:
        told.append(
            ngettext(
                "One more kind of category-based round could invite you.",
                "%(count)s more kinds of category-based rounds could invite you.",
                len(step.categories),
            )
            % {"count": len(step.categories)}
        )
    return told


def _programs(codes: Iterable[str]) -> str:
    return ", ".join(str(PROGRAM_NAMES[code]) for code in codes)


def _of_spouse(needs: Needs) -> bool:
    return needs.get("whose") == "spouse"


def _tested(needs: Needs) -> dict[str, str]:
    reached = int(needs["level"]) if "level" in needs else 0
    return {"test": TEST_NAMES[needs["test"]], "level": level(reached, needs["language"])}


def _one_ability(needs: Needs) -> tuple[str, str]:
    before = level(needs["from_level"], needs["language"])
    words = {**_tested(needs), "ability": str(ABILITY_NAMES[needs["ability"]]), "before": before}
    title = _("%(ability)s at %(level)s") % words
    if _of_spouse(needs):
        title = _("Your partner’s test: %(ability)s at %(level)s") % words
    return title, _(
        "%(test)s once more, with this ability up from %(before)s and the others as they are."
    ) % words


def _all_abilities(needs: Needs) -> tuple[str, str]:
    words = {**_tested(needs), "lowest": level(needs["lowest"], needs["language"])}
    title = _("%(level)s in all four abilities") % words
    if _of_spouse(needs):
        title = _("Your partner’s test: %(level)s in all four abilities") % words
    return title, _("%(test)s once more. The lowest ability stands at %(lowest)s today.") % words


def _renew_test(needs: Needs) -> tuple[str, str]:
    words = {**_tested(needs), "day": day(needs["date_taken"])}
    title = _("%(test)s taken again") % words
    if _of_spouse(needs):
        title = _("%(test)s taken again by your partner") % words
    return title, _("The test of %(day)s has expired. A new one with the same scores would count.") % words


def _new_test(needs: Needs) -> tuple[str, str]:
    words = _tested(needs)
    french = needs["language"] == "fr"
    if _of_spouse(needs):
        title = (
            _("A French test of your partner: %(level)s in all four abilities")
            if french
            else _("An English test of your partner: %(level)s in all four abilities")
        )
    elif french:
        title = _("French: %(level)s in all four abilities")
    else:
        title = _("English: %(level)s in all four abilities")
    return title % words, _("A test that counts, %(test)s for example, with that result.") % words


def _first_language(needs: Needs) -> tuple[str, str]:
    french = needs["language"] == "fr"
    title = (
        _("Name French as your first official language")
        if french
        else _("Name English as your first official language")
    )
    return title, _("Only the answer changes: both tests stay as they are.")


def _assessment(needs: Needs) -> tuple[str, str]:
    words = {"level": EDUCATION_NAMES[needs["level"]], "country": country(needs["country"])}
    title = _("An assessment of: %(level)s (%(country)s)") % words
    if _of_spouse(needs):
        title = _("An assessment of your partner’s credential: %(level)s (%(country)s)") % words
    if needs["renewed"]:
        return title, _("The report has expired. A new one with the same result would count for five years.")
    return title, _("A report of a designated organization that states this level. It counts for five years.")


def _credential(needs: Needs) -> tuple[str, str]:
    words = {"level": EDUCATION_NAMES[needs["level"]]}
    title = _("Finish another credential: %(level)s") % words
    if _of_spouse(needs):
        title = _("Your partner finishes another credential: %(level)s") % words
    return title, _("Finished, and if it is from outside Canada, with an assessment that states this level.")


def _study_in_canada(needs: Needs) -> tuple[str, str]:
    words = {"level": EDUCATION_NAMES[needs["level"]], "months": needs["months"]}
    return (
        _("Finish studies in Canada: %(level)s") % words,
        _("At least %(months)s months of full-time study, in Canada, not mostly at a distance.") % words,
    )


def _canadian_work(needs: Needs) -> tuple[str, str]:
    if _of_spouse(needs):
        title = ngettext(
            "Your partner reaches %(years)s year of skilled work in Canada",
            "Your partner reaches %(years)s years of skilled work in Canada",
            needs["years"],
        )
    else:
        title = ngettext(
            "Reach %(years)s year of skilled work in Canada",
            "Reach %(years)s years of skilled work in Canada",
            needs["years"],
        )
    return title % {"years": needs["years"]}, _hours(needs)


def _foreign_work(needs: Needs) -> tuple[str, str]:
    title = ngettext(
        "Reach %(years)s year of skilled work outside Canada",
        "Reach %(years)s years of skilled work outside Canada",
        needs["years"],
    )
    return title % {"years": needs["years"]}, _hours(needs)


def _hours(needs: Needs) -> str:
    words = {"hours": number(needs["hours"]), "weeks": number(-(-needs["hours"] // 30))}
    told = _("%(hours)s more paid hours: %(weeks)s weeks of full-time work.") % words
    named = {"occupation": occupation(needs["noc"])} if needs["noc"] else {}
    where = (
        _("In your occupation, for example: %(occupation)s.") % named
        if named and not _of_spouse(needs)
        else _("In any occupation of TEER 0, 1, 2 or 3.")
    )
    return f"{told} {where}"


def _certificate(needs: Needs) -> tuple[str, str]:
    words = {"occupation": occupation(needs["noc"])}
    return (
        _("A certificate of qualification in your trade"),
        _("Issued by a province, a territory or a federal body: %(occupation)s.") % words,
    )


def _job_offer(needs: Needs) -> tuple[str, str]:
    words = {"hours": number(needs["hours"])}
    return (
        _("A job offer in Canada"),
        _(
            "Without an end, %(hours)s hours a week or more, in your occupation, supported by a labour market "
            "impact assessment. It earns no points by itself."
        )
        % words,
    )


def _nomination(needs: Needs) -> tuple[str, str]:
    title = _("A provincial nomination")
    if needs["province"] is None:
        return title, _("By a province or territory other than Quebec. Each has its own rules.")
    return title, _("By %(province)s, for example. Each province has its own rules.") % {
        "province": province(needs["province"])
    }


def _funds(needs: Needs) -> tuple[str, str]:
    words = {"amount": money(needs["amount"]), "people": needs["family_size"]}
    told = ngettext(
        "The table asks %(amount)s of a family of %(people)s person.",
        "The table asks %(amount)s of a family of %(people)s people.",
        needs["family_size"],
    )
    return _("Settlement funds of %(amount)s") % words, told % words


def _occupation(needs: Needs) -> tuple[str, str]:
    title = _("Name another primary occupation: %(occupation)s") % {"occupation": occupation(needs["noc"])}
    return title, _("Only the answer changes: your jobs stay as they are.")


def _partner_stays(_needs: Needs) -> tuple[str, str]:
    return (
        _("Your partner does not come along"),
        _("You are then scored without them. Answer truthfully: whoever stays cannot simply follow later."),
    )


def _partner_comes(_needs: Needs) -> tuple[str, str]:
    return _("Your partner comes along"), _("Their education, language and work in Canada then count.")


def _partner_applies(_needs: Needs) -> tuple[str, str]:
    return (
        _("Your partner is the principal applicant"),
        _("A profile of their own, in which you are the partner who comes along."),
    )


def _outside_quebec(_needs: Needs) -> tuple[str, str]:
    return (
        _("Plan to live outside Quebec"),
        _("Quebec selects its own skilled workers; Express Entry is for the rest of Canada."),
    )


_WORDS: dict[str, Callable[[Needs], tuple[str, str]]] = {
    "one_ability": _one_ability,
    "all_abilities": _all_abilities,
    "renew_test": _renew_test,
    "new_test": _new_test,
    "first_language": _first_language,
    "assessment": _assessment,
    "next_level": _credential,
    "second_credential": _credential,
    "study_in_canada": _study_in_canada,
    "canadian_work": _canadian_work,
    "foreign_work": _foreign_work,
    "certificate": _certificate,
    "job_offer": _job_offer,
    "nomination": _nomination,
    "funds": _funds,
    "primary_occupation": _occupation,
    "partner_stays": _partner_stays,
    "partner_comes": _partner_comes,
    "partner_applies": _partner_applies,
    "outside_quebec": _outside_quebec,
}
