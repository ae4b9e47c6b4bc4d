"""Which category-based rounds may invite a candidate, by the set of categories in force on the day.

An occupation category wants so many months of work in ONE listed occupation within its window, in one
unbroken run or added up. A category that asks for facts outside a profile (military service) finds nobody.
Source: `parameters/categories.yaml`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, NamedTuple

from rules.days import Day
from rules.language import Sitting, step
from rules.parameters import InForce
from rules.work import Curve, History, accrued, runs

CATEGORY_BITS: Final = {
    "french": 1,
    "healthcare": 2,
    "stem": 4,
    "trades": 8,
    "transport": 16,
    "agriculture": 32,
    "education": 64,
    "physicians": 128,
    "senior_managers": 256,
    "researchers": 512,
    "skilled_military": 1024,
}
MONTHS_A_YEAR: Final = 12


class Experience(NamedTuple):
    """What one category asks of work in a listed occupation."""

    category: str
    months: int
    window_years: int
    continuous: bool
    in_canada: bool


class ExperienceCheck(NamedTuple):
    """A category that one of the candidate's occupations may open: reached if a curve amounts to `amount`.

    `curves` are the unbroken runs where the category asks for one, else one curve of everything.
    """

    category: str
    window_years: int
    amount: int
    curves: list[Curve]
    noc: str


class CategorySet(NamedTuple):
    """The set in force: codes in order, the NCLC step of a language category, experience by NOC code."""

    codes: tuple[str, ...]
    french_step: dict[str, int]
    experience: dict[str, list[Experience]]


@lru_cache(maxsize=64)
def category_set(rules: InForce) -> CategorySet:
    """The set of categories under `rules`."""
    listed = rules.value("categories.set")["categories"]
    experience: dict[str, list[Experience]] = {}
    for category in listed:
        for noc in category.get("occupations", ()) if "experience" in category else ():
            experience.setdefault(noc, []).append(_experience(category["code"], category["experience"]))
    languages = {c["code"]: step(c["language"]["min_clb_each_ability"]) for c in listed if "language" in c}
    return CategorySet(tuple(category["code"] for category in listed), languages, experience)


def _experience(code: str, wanted: dict[str, Any]) -> Experience:
    years, rest = divmod(wanted["window_months"], MONTHS_A_YEAR)
    if rest:
        raise ValueError(
            f"The window of the category {code} must be whole years, not {wanted['window_months']} months."
        )
    return Experience(code, wanted["months"], years, wanted["continuous"], wanted["in_canada"])


def checks(worked: History, rules: InForce) -> list[ExperienceCheck]:
    """One check for each category and each of the candidate's occupations that it lists (rule 25)."""
    experience = category_set(rules).experience
    found = []
    for noc in dict.fromkeys(stint.job.noc for stint in worked.stints):
        for wanted in experience.get(noc, ()):
            curve = worked.curve(
                [
                    stint
                    for stint in worked.stints
                    if stint.job.noc == noc and stint.allowed and (stint.in_canada or not wanted.in_canada)
                ]
            )
            amount = worked.year * wanted.months // MONTHS_A_YEAR
            curves = runs(curve) if wanted.continuous else [curve]
            found.append(ExperienceCheck(wanted.category, wanted.window_years, amount, curves, noc))
    return found


def reached(check: ExperienceCheck, day: Day) -> bool:
    """Whether the work of one check suffices on `day`."""
    first = day.window(check.window_years)
    return any(accrued(curve, first, day.number) >= check.amount for curve in check.curves)


def match(listed: list[ExperienceCheck], french: Sitting | None, day: Day, rules: InForce) -> tuple[str, ...]:
    """The codes of the categories that find the candidate on `day`, in the order of the set."""
    in_force = category_set(rules)
    found = {check.category for check in listed if reached(check, day)}
    if french is not None:
        found.update(code for code, least in in_force.french_step.items() if french.lowest >= least)
    return tuple([code for code in in_force.codes if code in found]) if found else ()
