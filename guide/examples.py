"""People made up for the site's texts, assessed by the rules as of a day: a couple, and one who looks for points.

Their facts are as old on every day: ages, years of work and valid papers never change with the portal's clock.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from eligibility.wording.names import PROGRAM_NAMES, SECTION_TITLES
from eligibility.wording.steps import StepText, step_text
from rules import parameters
from rules.assessment import Assessment, assess_many
from rules.programs import funds_needed, limits
from rules.records import Eca, Education, Job, LanguageTest, Profile, Scores, Spouse
from rules.steps import Step, best_steps, one_of_each
from rules.swapping import swapped

DAYS_A_YEAR = 365.25
MOST_STEPS = 5
FAMILY = 2
ABROAD = "BR"
ENGINEER = "21301"
TEACHER = "41220"
HIGH = Scores(listening=8, reading=7, writing=7, speaking=7)
ALMOST_HIGH = Scores(listening=8, reading=7, writing=6.5, speaking=7)
FAIR = Scores(listening=6, reading=6, writing=6, speaking=6)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way for the couple to apply: what each section of the score gives, the grid, the programs that are met."""

    sections: list[int]
    total: int
    grid: int
    programs: str


@dataclass(frozen=True, slots=True)
class ExampleStep:
    """A step of the example with its words."""

    step: Step
    text: StepText


def couple(on: date) -> tuple[list[str], list[Choice]]:
    """Return the names of the sections, and both ways for Lia and Davi to apply on a day: Lia first, then Davi."""
    lia = _lia(on)
    davi = swapped(lia, partner_birth_date=_ago(on, 41), partner_work=(_job(TEACHER, on, 4),))
    if davi is None:
        raise ValueError("The couple of the example must be able to swap.")
    choices = [_choice(result) for result in assess_many([lia, davi], on, next_change=False)]
    return [str(title) for title in SECTION_TITLES.values()], choices


def steps_of_ana(on: date) -> tuple[int, list[ExampleStep]]:
    """Return the score of Ana, who is alone, on a day, and the single steps that would gain most, one of a kind."""
    alone = Profile(
        as_of=on,
        birth_date=_ago(on, 33),
        marital_status="never_married",
        intended_province=None,
        family_size=1,
        settlement_funds_cad=funds_needed(1, limits(parameters.on(on))),
        education=(_degree("masters", on, 9),),
        first_official_language="en",
        language_tests=(LanguageTest("ielts_general", _ago(on, 0.5), ALMOST_HIGH),),
        work=(_job(ENGINEER, on, 4),),
        primary_occupation_noc=ENGINEER,
    )
    steps = one_of_each(best_steps(alone, on))
    score = steps[0].before.total if steps else 0
    return score, [ExampleStep(step, step_text(step)) for step in steps[:MOST_STEPS]]


def _lia(on: date) -> Profile:
    return Profile(
        as_of=on,
        birth_date=_ago(on, 29),
        marital_status="married",
        intended_province=None,
        family_size=FAMILY,
        settlement_funds_cad=funds_needed(FAMILY, limits(parameters.on(on))),
        education=(_degree("three_year", on, 6),),
        first_official_language="en",
        language_tests=(LanguageTest("ielts_general", _ago(on, 0.5), HIGH),),
        work=(_job(ENGINEER, on, 3),),
        primary_occupation_noc=ENGINEER,
        spouse=Spouse(
            accompanying=True,
            canadian_citizen_or_pr=False,
            education=(_degree("masters", on, 12),),
            first_official_language="en",
            language_tests=(LanguageTest("ielts_general", _ago(on, 0.5), FAIR),),
        ),
    )


def _degree(level: str, on: date, years: int) -> Education:
    assessed = Eca(issued_on=_ago(on, 0.7), equivalency=level, organization="WES")
    return Education(level, ABROAD, _ago(on, years + 4), _ago(on, years), assessed)


def _job(noc: str, on: date, years: int) -> Job:
    return Job(noc, ABROAD, _ago(on, years), None, hours_per_week=40)


def _ago(on: date, years: float) -> date:
    """Return a day some years before, and a month for good measure."""
    return on - timedelta(days=int(DAYS_A_YEAR * years) + 30)


def _choice(result: Assessment) -> Choice:
    met = [str(PROGRAM_NAMES[code]) for code, verdict in result.programs.items() if verdict.eligible]
    return Choice(
        sections=[result.sections[code] for code in SECTION_TITLES],
        total=result.total,
        grid=result.programs["FSW"].points or 0,
        programs=", ".join(met) or _("none"),
    )
