"""The factors of a candidate as inputs, and the five core lines with their sum as formulas on columns."""

from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

Person = build_entity(key="person", plural="persons", label="A candidate", is_person=True)
ABILITIES = ("listening", "reading", "writing", "speaking")


class EducationLevel(Enum):
    """Lowest to highest; masters and professional are of one rank."""

    none = "No credential"
    secondary = "Secondary"
    one_year = "One-year program"
    two_year = "Two-year program"
    three_year = "Program of three years or more"
    two_or_more = "Two or more credentials"
    masters = "Master's"
    professional = "Professional degree"
    doctoral = "Doctorate"


def variable(name: str, label: str, **attributes: Any) -> type[Variable]:
    """A variable of a person on a day; whole numbers unless told."""
    body = {"value_type": int, "entity": Person, "definition_period": DateUnit.DAY, "label": label}
    return type(name, (Variable,), body | attributes)


def age_points(person: Any, period: Any, parameters: Any) -> Any:
    """The scale's value for completed years."""
    core, years = parameters(period).core, person("age", period)
    return np.where(
        person("spouse", period), core.age_with_spouse.calc(years), core.age_without_spouse.calc(years)
    )


def education_points(person: Any, period: Any, parameters: Any) -> Any:
    """Parameters indexed by a column of levels, as OpenFisca documents it for enumerations."""
    core, level = parameters(period).core, person("education", period)
    return np.where(
        person("spouse", period), core.education_with_spouse[level], core.education_without_spouse[level]
    )


def quick_education_points(person: Any, period: Any, parameters: Any) -> Any:
    """The same from a whole number and a scale: less readable, and several times as fast."""
    core, level = parameters(period).core, person("education_rank", period)
    return np.where(
        person("spouse", period),
        core.education_rank_with_spouse.calc(level),
        core.education_rank_without_spouse.calc(level),
    )


def first_language_points(person: Any, period: Any, parameters: Any) -> Any:
    """Four abilities, one scale."""
    core = parameters(period).core
    levels = [person(f"first_{ability}", period) for ability in ABILITIES]
    return np.where(
        person("spouse", period),
        sum(core.first_language_with_spouse.calc(level) for level in levels),
        sum(core.first_language_without_spouse.calc(level) for level in levels),
    )


def second_language_points(person: Any, period: Any, parameters: Any) -> Any:
    """Four abilities, one scale, and a cap that depends on the spouse."""
    core = parameters(period).core
    points = sum(core.second_language.calc(person(f"second_{ability}", period)) for ability in ABILITIES)
    with_spouse, without = core.second_language_cap_with_spouse, core.second_language_cap_without_spouse
    return np.minimum(points, np.where(person("spouse", period), with_spouse, without))


def canadian_work_points(person: Any, period: Any, parameters: Any) -> Any:
    """The scale's value for whole years."""
    core, years = parameters(period).core, person("canadian_years", period)
    return np.where(
        person("spouse", period),
        core.canadian_work_with_spouse.calc(years),
        core.canadian_work_without_spouse.calc(years),
    )


def core_points(person: Any, period: Any) -> Any:
    """The five lines together."""
    return _sum_of_lines(person, period, "education_points")


def quick_core_points(person: Any, period: Any) -> Any:
    """The five lines together, education the quick way."""
    return _sum_of_lines(person, period, "quick_education_points")


def _sum_of_lines(person: Any, period: Any, education: str) -> Any:
    lines = (
        "age_points",
        education,
        "first_language_points",
        "second_language_points",
        "canadian_work_points",
    )
    return sum(person(line, period) for line in lines)


INPUTS = (
    variable("spouse", "A spouse is scored", value_type=bool),
    variable(
        "education",
        "Highest counted level",
        value_type=Enum,
        possible_values=EducationLevel,
        default_value=EducationLevel.none,
    ),
    variable("education_rank", "Place of the highest counted level, from 0"),
    variable("age", "Completed years"),
    variable("canadian_years", "Whole years of Canadian work"),
    *(variable(f"first_{ability}", f"First language, {ability}") for ability in ABILITIES),
    *(variable(f"second_{ability}", f"Second language, {ability}") for ability in ABILITIES),
)
COMPUTED = (
    variable("age_points", "Points for age", formula=age_points),
    variable("education_points", "Points for education", formula=education_points),
    variable("quick_education_points", "Points for education, quickly", formula=quick_education_points),
    variable("first_language_points", "Points for the first language", formula=first_language_points),
    variable("second_language_points", "Points for the second language", formula=second_language_points),
    variable("canadian_work_points", "Points for Canadian work", formula=canadian_work_points),
    variable("core_points", "Core points", formula=core_points),
    variable("quick_core_points", "Core points, education the quick way", formula=quick_core_points),
)
