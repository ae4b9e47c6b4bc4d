"""The selection grid of the Federal Skilled Worker class: 100 points in six factors (IRPR ss. 78 to 83)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rules.education import LEVELS
from rules.factors import MOST_YEARS, OLDEST, Findings
from rules.language import STEPS, level, step, steps
from rules.parameters import InForce
from rules.ranges import by_number
from rules.timeline import SpouseTimeline, Timeline
from rules.work import accrued, longest_run


class Points(NamedTuple):
    """The six factors of the grid."""

    education: int
    language: int
    experience: int
    age: int
    arranged_employment: int
    adaptability: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid's tables: by index of education level, by language step, by completed years."""

    education: tuple[int, ...]
    language: tuple[int, ...]
    second_step: int
    second_points: int
    experience_years: int
    experience: tuple[int, ...]
    age: tuple[int, ...]
    arranged: int
    adaptability: dict[str, int]
    spouse_step: int


@lru_cache(maxsize=64)
def grid(rules: InForce) -> Grid:
    """The grid under `rules`."""
    language, experience = rules.value("fsw.grid.language"), rules.value("fsw.grid.experience")
    per_level = by_number(language["first_per_ability"], "clb", level(STEPS - 1))
    adaptability = rules.value("fsw.grid.adaptability")
    return Grid(
        tuple(rules.value("fsw.grid.education")["table"][name] for name in LEVELS),
        tuple(per_level[level(n)] for n in range(STEPS)),
        step(language["second_min_clb"]),
        language["second_points"],
        experience["window_years"],
        tuple(by_number(experience["table"], "years", MOST_YEARS)),
        tuple(by_number(rules.value("fsw.grid.age")["table"], "ages", OLDEST)),
        rules.value("fsw.grid.arranged_employment")["points"],
        adaptability,
        step(adaptability["spouse_language_min_clb"]),
    )


def points(known: Timeline, found: Findings) -> Points:
    """The candidate's points in each factor, after the caps."""
    table, factors = grid(known.rules), found.factors
    return Points(
        table.education[factors.education],
        language_points(found, table),
        table.experience[skilled_years(known, found)],
        table.age[factors.age],
        table.arranged if factors.offer else 0,
        min(table.adaptability["max"], sum(adaptability(known, found).values())),
    )


def language_points(found: Findings, table: Grid) -> int:
    """Points of the first official language by ability, and of the second as a whole (s. 79)."""
    total = table.second_points if found.second and found.second.lowest >= table.second_step else 0
    if found.first is not None:
        total += sum([table.language[reached] for reached in steps(found.first.code)])
    return total


def skilled_years(known: Timeline, found: Findings) -> int:
    """Completed years of all skilled work in the window of the experience factor (s. 80)."""
    first = found.day.window(grid(known.rules).experience_years)
    return min(MOST_YEARS, accrued(known.skilled, first, found.day.number) // known.history.year)


def adaptability(known: Timeline, found: Findings) -> dict[str, int]:
    """The items of adaptability that earn points, before the cap of ten (s. 83)."""
    table, number = grid(known.rules), found.day.number
    worth = table.adaptability
    items = []
    if known.profile.studied_two_years_in_canada:
        items.append("applicant_study")
    if longest_run(known.full_time_runs, 0, number) >= worth["work_hours"] * known.history.hour:
        items.append("applicant_work")
    if known.relative_since <= number:
        items.append("relative")
    if found.factors.offer:
        items.append("arranged_employment")
    if known.spouse is not None:
        items += _of_spouse(known.spouse, number, table)
    return {item: worth[item] for item in items}


def _of_spouse(spouse: SpouseTimeline, number: int, table: Grid) -> list[str]:
    items = ["spouse_study"] if spouse.studied else []
    if (
        longest_run(spouse.full_time_runs, 0, number)
        >= table.adaptability["work_hours"] * spouse.history.hour
    ):
        items.append("spouse_work")
    for sitting in spouse.sittings:
        if sitting.taken <= number < sitting.until and sitting.lowest >= table.spouse_step:
            return [*items, "spouse_language"]
    return items
