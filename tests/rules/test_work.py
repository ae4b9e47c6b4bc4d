"""Work is counted exactly: against a count a day at a time in fractions, and crossings against every day."""

import random
from datetime import date, timedelta
from fractions import Fraction

import pytest

from rules import parameters
from rules.accrual import Quantity, crossings
from rules.days import NEVER, day
from rules.records import Job
from rules.work import Curve, accrued, flatten, history, longest_run, runs
from tests.rules.profiles import WORKED, amara

RULES = parameters.on(date(2026, 3, 1))
FIRST = date(2020, 1, 1).toordinal()


def jobs(*spans: tuple[str, str | None, float]) -> tuple[Job, ...]:
    entries = [{**WORKED, "start_date": a, "end_date": b, "hours_per_week": hours} for a, b, hours in spans]
    return amara(work=entries).work


def a_day_at_a_time(entries: tuple[Job, ...], first: date, stop: date) -> Fraction:
    """Hours from `first` to the day before `stop`, a calendar day after another."""
    total = Fraction(0)
    for offset in range((stop - first).days):
        on = first + timedelta(days=offset)
        active = [
            job for job in entries if job.start_date <= on and (job.end_date is None or on <= job.end_date)
        ]
        total += (
            min(Fraction(30), sum((Fraction(str(job.hours_per_week)) for job in active), Fraction(0))) / 7
        )
    return total


@pytest.mark.parametrize("seed", range(25))
def test_overlapping_jobs_amount_to_what_the_days_add_up_to(seed: int) -> None:
    chance = random.Random(seed)
    spans = []
    for _ in range(chance.randrange(1, 6)):
        start = date(2020, 1, 1) + timedelta(days=chance.randrange(700))
        end = start + timedelta(days=chance.randrange(400))
        hours = chance.choice([40, 30, 15.6, 9.97, 7.25, 0.1, 29.9, 12])
        spans.append((str(start), str(end), hours))
    entries = jobs(*spans)
    worked = history(entries, RULES)
    curve = worked.curve(worked.stints)
    first, stop = date(2020, 6, 1), date(2022, 1, 1)
    exact = Fraction(accrued(curve, first.toordinal(), stop.toordinal()), worked.hour)
    assert exact == a_day_at_a_time(entries, first, stop)


def test_decimal_hours_are_what_their_text_says() -> None:
    worked = history(jobs(("2020-01-01", "2020-01-07", 15.6)), RULES)
    assert Fraction(accrued(worked.curve(worked.stints), 0, NEVER), worked.hour) == Fraction("15.6")


def test_a_curve_never_overlaps_nor_passes_the_cap() -> None:
    curve = flatten([(0, 10, 20), (5, 20, 20), (20, 30, 5), (40, 50, 99)], 30)
    assert curve == ((0, 5, 20), (5, 10, 30), (10, 20, 20), (20, 30, 5), (40, 50, 30))


def test_a_day_without_work_cuts_a_run() -> None:
    assert runs(((0, 5, 20), (5, 10, 30), (11, 12, 30))) == [((0, 5, 20), (5, 10, 30)), ((11, 12, 30),)]
    assert longest_run(runs(((0, 5, 20), (5, 10, 30), (11, 12, 30))), 0, 100) == 250


def every_day(quantity: Quantity, after: int, before: int) -> list[int]:
    """The crossings found by looking at each day."""
    found = []
    last = sum(quantity.amount(after) >= level for level in quantity.levels)
    for number in range(after + 1, before):
        reached = sum(quantity.amount(number) >= level for level in quantity.levels)
        if reached != last:
            found.append(number)
        last = reached
    return found


def some_curve(chance: random.Random) -> Curve:
    stretches = []
    for _ in range(chance.randrange(1, 5)):
        start = FIRST + chance.randrange(-3000, 1500)
        stop = NEVER if chance.random() < 0.3 else start + chance.randrange(1, 1500)
        stretches.append((start, stop, chance.choice([30, 20, 10, 3])))
    return flatten(stretches, 30)


@pytest.mark.parametrize("years", [3, 5, 10, None])
@pytest.mark.parametrize("seed", range(12))
def test_crossings_are_the_days_that_looking_at_each_day_finds(seed: int, years: int | None) -> None:
    chance = random.Random(f"{seed} {years}")
    curve = some_curve(chance)
    levels = sorted({chance.randrange(1, 60_000), 10_920, 21_840, chance.choice([10_957, 10_950, 32_870])})
    quantity = Quantity(curve, years, tuple(levels))
    assert list(crossings(quantity, FIRST, FIRST + 5000)) == every_day(quantity, FIRST, FIRST + 5000)


@pytest.mark.parametrize("seed", range(12))
def test_the_lead_of_one_occupation_over_another_crosses_nothing_unseen(seed: int) -> None:
    chance = random.Random(seed)
    behind = tuple((start, stop, -rate) for start, stop, rate in some_curve(chance))
    quantity = Quantity(some_curve(chance) + behind, 3, (1,))
    assert list(crossings(quantity, FIRST, FIRST + 5000)) == every_day(quantity, FIRST, FIRST + 5000)


def test_part_time_work_for_ever_crosses_with_the_leap_days() -> None:
    quantity = Quantity(((FIRST - 4000, NEVER, 10),), 3, (10_955,))
    found = list(crossings(quantity, FIRST, FIRST + 3000))
    assert len(found) > 2
    assert found == every_day(quantity, FIRST, FIRST + 3000)


def test_a_window_that_ends_on_29_february_begins_on_1_march() -> None:
    assert day(date(2024, 2, 29)).window(10) == date(2014, 3, 1).toordinal()
    assert day(date(2024, 2, 29)).window(4) == date(2020, 2, 29).toordinal()
