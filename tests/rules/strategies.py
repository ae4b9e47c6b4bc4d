"""Random profile documents that sit on boundaries: one generator, for hypothesis and for plain seeded runs.

`documents(seed, count)` yields the same valid profile JSON documents for the same seed, quickly.
`profiles()` and `shrinking_profiles()` are hypothesis strategies over the same generator.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.rules.oracle import in_force, years_later
from tests.rules.oracle_tables import ABILITIES, CATEGORY_SETS, FSW_RELATIVES, FUNDS, LEVELS, SCORES

Json = dict[str, Any]
DAY = timedelta(days=1)
_FIRST_DAYS = (
    "2015-01-01 2015-05-30 2016-11-19 2017-01-01 2017-06-06 2018-01-01 2019-01-01 2019-10-01 2020-01-01 "
    "2020-10-20 2021-07-16 2022-06-09 2022-11-16 2023-04-25 2023-05-31 2023-12-11 2024-01-30 2024-05-28 "
    "2025-02-27 2025-03-25 2025-07-07 2026-02-18 2027-01-01"
)
FIRST_DAYS = tuple(date.fromisoformat(day) for day in _FIRST_DAYS.split())
LEAP_EDGES = tuple(
    date(year, month, day)
    for year in range(2015, 2028)
    for month, day in ((2, 28), (2, 29), (3, 1))
    if day != 29 or year % 4 == 0
)
TRADES = ("72200", "72106", "73300", "82031", "83100", "92100", "63200", "62200", "72600", "93200", "73201")
SENIOR = ("00012", "00011", "00015")
OTHERS = ("21232", "21231", "11100", "12200", "13110", "64100", "65201", "44101", "31301", "31102", "22301")
_LISTED = {noc for _, rows in CATEGORY_SETS for row in rows for noc in row[4].split()}
CATEGORY_CODES = (*sorted(_LISTED), "40042", "42102", "43204")
COUNTRIES = ("IN", "PH", "FR", "NG", "US")
CREDENTIALS = tuple(level for level in LEVELS if level != "two_or_more")
PROVINCES = (None, None, "ON", "BC", "QC")
HOURS = (30, 30, 30, 40, 37.5, 15, 15, 15.6, 20, 10, 29.9, 29, 7.8, 22.75, 12, 30.0, 31, 60, 112, 0.1, 16.8)
JOB_FLAGS = (("paid", True), ("authorized", True), ("self_employed", False), ("full_time_student", False))
NEEDED_HOURS = (780, 1560, 1560, 3120, 4680, 6240, 7800, 9360)
STATUSES = ("never_married", "married", "married", "common_law", "divorced", "separated", "widowed")


def documents(seed: int, count: int) -> Iterator[Json]:
    """`count` documents, each decided by the seed and its place alone."""
    for place in range(count):
        yield document(random.Random(f"{seed}/{place}"))


def profiles() -> st.SearchStrategy[Json]:
    """Documents by seed: ten times as quick as drawing every choice from hypothesis, which matters here."""
    return st.integers(0, 2**63).map(lambda seed: document(random.Random(seed)))


def shrinking_profiles() -> st.SearchStrategy[Json]:
    """Documents whose every choice hypothesis draws itself, to find a small one that fails."""
    return st.builds(document, st.randoms(use_true_random=False))


def maybe(rng: random.Random, chance: float) -> bool:
    return rng.random() < chance


def document(rng: random.Random, as_of: date | None = None) -> Json:
    """One valid profile document; keys that may be missing sometimes are."""
    on = as_of or assessment_day(rng)
    primary = occupation(rng)
    made: Json = {
        "as_of": on.isoformat(),
        "birth_date": birth(rng, on, 17, 48).isoformat(),
        "marital_status": rng.choice(STATUSES),
        "intended_province": rng.choice(PROVINCES),
        "family_size": rng.choice((1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12)),
        "education": some(rng, credential, on, 3),
        "first_official_language": rng.choice(("en", "en", "fr")),
        "language_tests": some(rng, language_test, on, 4),
        "work": jobs(rng, on, primary),
        "primary_occupation_noc": None if maybe(rng, 0.03) else primary,
        "certificate_of_qualification": certificate(rng, on, primary) if maybe(rng, 0.3) else None,
        "job_offer": job_offer(rng, on, primary) if maybe(rng, 0.4) else None,
        "provincial_nomination": nomination(rng, on) if maybe(rng, 0.2) else None,
        "relatives_in_canada": some(rng, relative, on, 2),
        "studied_two_years_in_canada": maybe(rng, 0.2),
        "spouse": spouse(rng, on) if maybe(rng, 0.6) else None,
    }
    made["settlement_funds_cad"] = funds(rng, on, made["family_size"])
    if maybe(rng, 0.55):
        made |= strong_parts(rng, on)
    return without_defaults(rng, made)


def some(rng: random.Random, make: Callable[[random.Random, date], Json], on: date, most: int) -> list[Json]:
    return [make(rng, on) for _ in range(rng.randint(0, most))]


def without_defaults(rng: random.Random, made: Json) -> Json:
    """Now and then leave out what has a default: empty lists, false and null in optional places."""
    required = ("as_of", "primary_occupation_noc", "settlement_funds_cad")
    return {key: v for key, v in made.items() if v or key in required or not maybe(rng, 0.4)}


def assessment_day(rng: random.Random) -> date:
    kind = rng.randint(0, 3)
    if kind == 0:
        return max(date(2015, 1, 1), near(rng, rng.choice(FIRST_DAYS)))
    if kind == 1:
        return rng.choice(LEAP_EDGES)
    return date(2015, 1, 1) + rng.randint(0, 13 * 365) * DAY


def near(rng: random.Random, day: date) -> date:
    """The day itself, the one before or the one after."""
    return day + rng.randint(-1, 1) * DAY


def birth(rng: random.Random, on: date, youngest: int, oldest: int) -> date:
    born = near(rng, years_later(on, -rng.randint(youngest, oldest)))
    if maybe(rng, 0.4):
        born -= rng.randint(0, 364) * DAY
    if maybe(rng, 0.1):
        born = date(born.year - born.year % 4, 2, 29)
    return born


def occupation(rng: random.Random) -> str:
    return str(rng.choice(rng.choice((TRADES, SENIOR, OTHERS, OTHERS, CATEGORY_CODES))))


def strong_parts(rng: random.Random, on: date) -> Json:
    """Facts that all but meet a program: each at its threshold, now and then just on the wrong side."""
    primary = str(rng.choice(TRADES)) if maybe(rng, 0.5) else occupation(rng)
    family_size = rng.choice((1, 1, 2, 4, 8))
    made: Json = {
        "birth_date": birth(rng, on, 22, 41).isoformat(),
        "intended_province": "QC" if maybe(rng, 0.03) else "ON",
        "family_size": family_size,
        "settlement_funds_cad": funds(rng, on, family_size) if maybe(rng, 0.4) else 60000,
        "education": [strong_credential(rng, on) for _ in range(rng.randint(1, 2))],
        "language_tests": [strong_test(rng, on) for _ in range(rng.randint(1, 3))],
        "primary_occupation_noc": primary,
        "work": strong_work(rng, on, primary) + (jobs(rng, on, primary) if maybe(rng, 0.4) else []),
    }
    if maybe(rng, 0.4):
        made["certificate_of_qualification"] = certificate(rng, on, primary)
    if maybe(rng, 0.4):
        made["job_offer"] = job_offer(rng, on, primary) | {"noc": primary}
    return made


def strong_credential(rng: random.Random, on: date) -> Json:
    level, country = rng.choice(CREDENTIALS[1:]), rng.choice(("CA", "IN"))
    made: Json = {"level": level, "country": country, "completion_date": (on - 900 * DAY).isoformat()}
    if country == "IN":
        issued = near(rng, years_later(on, -5)) if maybe(rng, 0.15) else on - rng.randint(0, 800) * DAY
        made["eca"] = {"issued_on": issued.isoformat(), "equivalency": level}
    elif maybe(rng, 0.5):
        made["canadian_study"] = canadian_study(rng)
    return made


def strong_test(rng: random.Random, on: date) -> Json:
    test = rng.choice(tuple(SCORES))
    taken = near(rng, years_later(on, -2)) if maybe(rng, 0.1) else on - rng.randint(0, 700) * DAY
    table, aim = scale(test, taken), rng.randint(0, 5)
    made = {ability: table[ability][max(0, aim - rng.randint(0, 1))] for ability in ABILITIES}
    if maybe(rng, 0.2):
        weakest = rng.choice(ABILITIES)
        made[weakest] = score(rng, table[weakest], aim)
    return {"test": test, "date_taken": taken.isoformat(), "scores": made}


def strong_work(rng: random.Random, on: date, primary: str) -> list[Json]:
    """One or two jobs in the primary occupation that end about now, near a whole number of years."""
    hours, wanted = rng.choice((30, 40, 15, 15.6, 37.5)), rng.choice((1560, 3120, 4680))
    length = round(wanted * 7 / min(30, hours)) + rng.choice((-1, 0, 0, 0, 1))
    end = near(rng, on) - (0 if maybe(rng, 0.5) else rng.randint(0, 300)) * DAY
    country = rng.choice(("CA", "CA", "IN"))
    days = [(end - (length - 1) * DAY, end)]
    if maybe(rng, 0.3):
        middle = end - rng.randint(1, length - 1) * DAY
        gap = rng.choice((0, 0, 1))
        days = [(end - (length - 1 + gap) * DAY, middle - gap * DAY), (middle + DAY, end)]
    return [
        {
            "noc": primary,
            "country": country,
            "start_date": first.isoformat(),
            "end_date": None if last == end and maybe(rng, 0.2) else last.isoformat(),
            "hours_per_week": hours,
        }
        for first, last in days
    ]


def language_test(rng: random.Random, on: date) -> Json:
    """A sitting near its expiry, near a change of scale or anywhere; scores at or just under thresholds."""
    test = rng.choice(tuple(SCORES))
    kind = rng.randint(0, 3)
    if kind == 0:
        taken = near(rng, years_later(on, -2))
    elif kind == 1:
        taken = near(rng, rng.choice((on, date(2019, 10, 1), date(2023, 12, 11), date(2024, 1, 30))))
    else:
        taken = on - rng.randint(0, 900) * DAY
    return {"test": test, "date_taken": taken.isoformat(), "scores": scores(rng, test, taken)}


def scale(test: str, taken: date) -> dict[str, tuple[float, ...]]:
    """The scale of the day, or the first one for a test taken before it was accepted."""
    known = [table for first, table in SCORES[test] if date.fromisoformat(first) <= taken]
    return known[-1] if known else SCORES[test][0][1]


def scores(rng: random.Random, test: str, taken: date) -> Json:
    table = rng.choice(SCORES[test])[1] if maybe(rng, 0.1) else scale(test, taken)
    aim = rng.randint(0, 6)
    return {ability: score(rng, table[ability], aim) for ability in ABILITIES}


def score(rng: random.Random, thresholds: tuple[float, ...], aim: int) -> float:
    at = thresholds[aim] if maybe(rng, 0.7) else rng.choice(thresholds)
    step = 0.5 if isinstance(at, float) else 1
    return max(0, rng.choice((at, at, at, at - step, at + step, at - 0.01, at * 1.2, 0)))


def credential(rng: random.Random, on: date) -> Json:
    at_home = maybe(rng, 0.4)
    done = near(rng, on) if maybe(rng, 0.2) else on - rng.randint(30, 4000) * DAY
    covid = at_home and maybe(rng, 0.3)
    if covid:
        done = near(rng, rng.choice((date(2020, 3, 1), date(2022, 8, 31))))
    start = done - rng.choice((0, 1, 240, 365, 1400)) * DAY
    made: Json = {
        "level": rng.choice(CREDENTIALS),
        "country": "CA" if at_home else rng.choice(COUNTRIES),
        "completion_date": None if maybe(rng, 0.08) else done.isoformat(),
        "start_date": None if maybe(rng, 0.2) else start.isoformat(),
        "eca": eca(rng, on) if maybe(rng, 0.15 if at_home else 0.85) else None,
        "canadian_study": canadian_study(rng) if maybe(rng, 0.7 if at_home else 0.1) else None,
    }
    if maybe(rng, 0.2):
        made = {key: v for key, v in made.items() if v is not None or key == "completion_date"}
    return made


def eca(rng: random.Random, on: date) -> Json:
    day = rng.choice((near(rng, years_later(on, -5)), near(rng, on), on - rng.randint(0, 2000) * DAY))
    made = {"issued_on": day.isoformat(), "equivalency": rng.choice(CREDENTIALS)}
    return made | ({"organization": "WES"} if maybe(rng, 0.5) else {})


def canadian_study(rng: random.Random) -> Json:
    made: Json = {
        "full_time_months": rng.choice((8, 8, 16, 7, 7.9, 0)),
        "months_in_canada": rng.choice((8, 8, 20, 7.5, 0)),
    }
    for flag in ("mostly_language_training", "mostly_distance", "return_home_award"):
        if maybe(rng, 0.3):
            made[flag] = maybe(rng, 0.4)
    return made


def jobs(rng: random.Random, on: date, primary: str | None) -> list[Json]:
    """Up to five jobs, some of them joined to the one before with or without a gap of a day."""
    made: list[Json] = []
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3, 4, 5))):
        start = None
        if made and made[-1]["end_date"] and maybe(rng, 0.5):
            start = date.fromisoformat(made[-1]["end_date"]) + rng.randint(0, 2) * DAY
        made.append(job(rng, on, primary if primary and maybe(rng, 0.6) else occupation(rng), start))
    if len(made) > 1 and maybe(rng, 0.2):
        made[-1] |= {key: made[0][key] for key in ("start_date", "end_date", "hours_per_week")}
    return made


def job(rng: random.Random, on: date, noc: str, start: date | None) -> Json:
    hours = rng.choice(HOURS)
    start, end = job_days(rng, on, hours, start)
    made: Json = {
        "noc": noc,
        "country": "CA" if maybe(rng, 0.55) else rng.choice(COUNTRIES),
        "start_date": start.isoformat(),
        "end_date": None if maybe(rng, 0.15) else end.isoformat(),
        "hours_per_week": hours,
    }
    for flag, usual in JOB_FLAGS:
        if maybe(rng, 0.25):
            made[flag] = usual if maybe(rng, 0.6) else not usual
    return made


def job_days(rng: random.Random, on: date, hours: float, start: date | None) -> tuple[date, date]:
    """Days that make exactly a needed number of hours, give or take a day, at an edge of a window."""
    length = round(rng.choice(NEEDED_HOURS) * 7 / min(30, hours)) + rng.choice((0, 0, -1, 1, 7))
    length = min(length, 5000) if maybe(rng, 0.8) else rng.randint(1, 3000)
    if start is None:
        kind = rng.randint(0, 3)
        if kind == 0:
            start = near(rng, years_later(on, -rng.choice((3, 5, 10))))
        elif kind == 1:
            start = near(rng, on) - length * DAY
        elif kind == 2:
            start = near(rng, years_later(on, -rng.choice((3, 5, 10)))) - rng.randint(0, length) * DAY
        else:
            start = on - rng.randint(-30, 4500) * DAY
    return start, start + (length - 1) * DAY


def certificate(rng: random.Random, on: date, primary: str) -> Json:
    made = {
        "noc": primary if maybe(rng, 0.6) else occupation(rng),
        "issued_on": (near(rng, on) if maybe(rng, 0.3) else on - rng.randint(0, 3000) * DAY).isoformat(),
    }
    return made | ({"issuer": "ON"} if maybe(rng, 0.5) else {})


def job_offer(rng: random.Random, on: date, primary: str) -> Json:
    made: Json = {
        "noc": primary if maybe(rng, 0.6) else occupation(rng),
        "hours_per_week": rng.choice((30, 30, 40, 37.5, 29.5, 29.99)),
        "duration_months": rng.choice((None, None, 12, 12, 24, 11, 11.9, 0)),
        "lmia": maybe(rng, 0.4),
        "work_permit": rng.choice((None, "lmia", "lmia_exempt", "lmia_exempt", "open")),
        "employer_since": near(rng, years_later(on, -1)).isoformat() if maybe(rng, 0.7) else None,
    }
    if made["employer_since"] is None and maybe(rng, 0.5):
        del made["employer_since"]
    return made


def nomination(rng: random.Random, on: date) -> Json:
    issued = near(rng, on) if maybe(rng, 0.4) else on - rng.randint(0, 400) * DAY
    made: Json = {"province": rng.choice(("ON", "SK", "NB", "QC")), "issued_on": issued.isoformat()}
    if maybe(rng, 0.7):
        made["expires_on"] = rng.choice((None, near(rng, on).isoformat(), years_later(issued, 1).isoformat()))
    return made


def relative(rng: random.Random, on: date) -> Json:
    return {
        "relationship": rng.choice(("sibling", *sorted(FSW_RELATIVES), "cousin", "other")),
        "of": rng.choice(("applicant", "spouse")),
        "birth_date": birth(rng, on, 17, 19).isoformat(),
        "status": rng.choice(("citizen", "permanent_resident", "temporary_resident", "other")),
    }


def spouse(rng: random.Random, on: date) -> Json:
    made: Json = {
        "accompanying": maybe(rng, 0.85),
        "canadian_citizen_or_pr": maybe(rng, 0.15),
        "education": some(rng, credential, on, 2),
        "first_official_language": rng.choice(("en", "en", "fr")),
        "language_tests": some(rng, language_test, on, 2),
        "work": jobs(rng, on, None),
        "studied_two_years_in_canada": maybe(rng, 0.2),
    }
    if maybe(rng, 0.05):
        del made["first_official_language"]
    required = ("accompanying", "canadian_citizen_or_pr")
    return {key: v for key, v in made.items() if v or key in required or not maybe(rng, 0.4)}


def funds(rng: random.Random, on: date, family_size: int) -> float:
    """Exactly what a table asks for, a dollar or a cent around it, or anything."""
    row = rng.choice(FUNDS)[1] if maybe(rng, 0.3) else in_force(FUNDS, on)
    needed = row[min(family_size, 7) - 1] + max(0, family_size - 7) * row[7]
    return rng.choice((needed, needed, needed - 1, needed - 0.01, needed + 1, 0, 5000, 60000))
