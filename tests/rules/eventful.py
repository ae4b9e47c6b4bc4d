"""Random candidates for whom something happens by itself within two years, each kind of event planted often.

Each begins as a candidate of `plausible` or `strategies`; then a few events are planted, turn by turn, so that every
kind comes up. Whether a planted event changes anything is for the rules to say.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from tests.rules.oracle import in_force, years_later
from tests.rules.oracle_tables import FUNDS
from tests.rules.plausible import candidate
from tests.rules.strategies import document, maybe

Json = dict[str, Any]
DAY = timedelta(days=1)
TRADE, NURSE, WELDER = "72200", "31301", "72106"
DEVELOPER, CLERK = "21232", "13110"
FIRST, LAST = date(2021, 3, 1), date(2026, 11, 30)


def eventful(seed: int, count: int) -> Iterator[Json]:
    """`count` profile documents, each decided by the seed and its place alone."""
    for place in range(count):
        yield planted(random.Random(f"{seed}/{place}"), place)


def planted(rng: random.Random, place: int) -> Json:
    on = FIRST + rng.randint(0, (LAST - FIRST).days) * DAY
    made = candidate(rng, on) if maybe(rng, 0.8) else document(rng, on)
    if maybe(rng, 0.6):
        made |= strong(rng, on)
    for group in GROUPS:
        group[place % len(group)](rng, on, made)
    return made


def ahead(rng: random.Random, on: date) -> date:
    """A day within the two years, seldom its first or last."""
    return on + rng.choice((1, 730, *[rng.randint(2, 729) for _ in range(8)])) * DAY


def strong(rng: random.Random, on: date) -> Json:
    """Good English, a degree with its assessment, and funds: something to lose."""
    return {
        "intended_province": "ON",
        "settlement_funds_cad": 60000,
        "first_official_language": "en",
        "language_tests": [sitting("ielts_general", on - rng.randint(1, 700) * DAY, 8, 7)],
        "education": [foreign_degree(on - rng.randint(1, 1800) * DAY)],
    }


def sitting(test: str, taken: date, listening: float, rest: float) -> Json:
    scores = {"listening": listening, "reading": rest, "writing": rest, "speaking": rest}
    return {"test": test, "date_taken": taken.isoformat(), "scores": scores}


def foreign_degree(issued: date, level: str = "masters") -> Json:
    return {
        "level": level,
        "country": "IN",
        "completion_date": (issued - 400 * DAY).isoformat(),
        "eca": {"issued_on": issued.isoformat(), "equivalency": level},
    }


def job(noc: str, country: str, start: date, end: date | None = None, hours: float = 40) -> Json:
    return {
        "noc": noc,
        "country": country,
        "start_date": start.isoformat(),
        "end_date": end.isoformat() if end else None,
        "hours_per_week": hours,
    }


def couple(made: Json) -> Json:
    """The accompanying spouse, made if there is none."""
    made["marital_status"] = "married"
    spouse = made.get("spouse") or {}
    spouse |= {"accompanying": True, "canadian_citizen_or_pr": False, "first_official_language": "en"}
    made["spouse"] = spouse
    made["family_size"] = max(2, made.get("family_size", 2))
    return spouse


def birthday(rng: random.Random, on: date, made: Json) -> None:
    made["birth_date"] = years_later(ahead(rng, on), -rng.randint(18, 46)).isoformat()


def second_test(rng: random.Random, on: date, made: Json) -> None:
    made["first_official_language"] = "en"
    taken = years_later(ahead(rng, on), -2)
    scores = dict.fromkeys(("listening", "reading", "writing", "speaking"), 12)
    french = {"test": "tcf_canada", "date_taken": taken.isoformat(), "scores": scores}
    french["scores"] = {"listening": 470, "reading": 470, "writing": 11, "speaking": 11}
    made["language_tests"] = [sitting("ielts_general", on - 5 * DAY, 8, 7), french]


def test_to_come(rng: random.Random, on: date, made: Json) -> None:
    made["language_tests"] = [
        *made.get("language_tests", []),
        sitting("ielts_general", ahead(rng, on), 8.5, 8),
    ]


def spouse_test(rng: random.Random, on: date, made: Json) -> None:
    couple(made)["language_tests"] = [sitting("ielts_general", years_later(ahead(rng, on), -2), 7.5, 7)]


def assessment(rng: random.Random, on: date, made: Json) -> None:
    made["education"] = [foreign_degree(years_later(ahead(rng, on), -5))]


def spouse_assessment(rng: random.Random, on: date, made: Json) -> None:
    couple(made)["education"] = [foreign_degree(years_later(ahead(rng, on), -5))]


def credential(rng: random.Random, on: date, made: Json) -> None:
    """A doctorate or diploma in Canada that is finished soon, higher than anything before."""
    done = ahead(rng, on)
    study = {"full_time_months": 24, "months_in_canada": 24}
    made["education"] = [
        foreign_degree(on - 90 * DAY, "one_year"),
        {
            "level": rng.choice(("masters", "doctoral")),
            "country": "CA",
            "start_date": (done - 700 * DAY).isoformat(),
            "completion_date": done.isoformat(),
            "canadian_study": study,
        },
    ]


def work_in_canada(rng: random.Random, on: date, made: Json) -> None:
    """A job in Canada that goes on: years accrue, and the Canadian Experience Class may be reached."""
    made["work"] = [job(NURSE, "CA", on - rng.randint(1, 1500) * DAY)]
    made["primary_occupation_noc"] = NURSE


def first_year_in_canada(rng: random.Random, on: date, made: Json) -> None:
    noc = rng.choice((NURSE, DEVELOPER, WELDER, TRADE))
    made["work"] = [job(noc, "CA", on - rng.randint(1, 360) * DAY)]
    made["primary_occupation_noc"] = noc


def slides_out(rng: random.Random, on: date, window: int, years: int) -> tuple[date, date]:
    """First and last day of full-time work of which less than `years` years are left in the window before long."""
    spare, needed = rng.randint(0, 200), 364 * years
    start = years_later(ahead(rng, on) - DAY, -window) - spare * DAY
    return start, start + (needed + spare - 1) * DAY


def left_canada(rng: random.Random, on: date, made: Json) -> None:
    """A year in Canada that slides out of the three years of the Canadian Experience Class."""
    made["work"] = [job(NURSE, "CA", *slides_out(rng, on, 3, 1))]
    made["primary_occupation_noc"] = NURSE


def left_canada_long_ago(rng: random.Random, on: date, made: Json) -> None:
    """Years in Canada that slide out of the ten years of the ranking system."""
    made["work"] = [job(DEVELOPER, "CA", *slides_out(rng, on, 10, rng.randint(1, 3)))]
    made["primary_occupation_noc"] = DEVELOPER


def work_abroad(rng: random.Random, on: date, made: Json) -> None:
    """Work abroad that goes on, with the English for it to earn points."""
    made |= strong(rng, on)
    made["work"] = [job(DEVELOPER, "IN", on - rng.randint(1, 1090) * DAY)]
    made["primary_occupation_noc"] = DEVELOPER


def left_work_abroad(rng: random.Random, on: date, made: Json) -> None:
    """Work abroad that slides out of the ten years."""
    made |= strong(rng, on)
    made["work"] = [job(DEVELOPER, "IN", *slides_out(rng, on, 10, rng.choice((1, 3))))]
    made["primary_occupation_noc"] = DEVELOPER


def spouse_left_canada(rng: random.Random, on: date, made: Json) -> None:
    couple(made)["work"] = [job(CLERK, "CA", *slides_out(rng, on, 10, rng.randint(1, 3)))]


def spouse_work(rng: random.Random, on: date, made: Json) -> None:
    couple(made)["work"] = [job(CLERK, "CA", on - rng.randint(1, 700) * DAY)]


def trade(rng: random.Random, on: date, made: Json) -> None:
    """Two years in a trade that will soon be complete."""
    made |= strong(rng, on)
    made["work"] = [job(TRADE, "IN", on - rng.randint(1, 720) * DAY)]
    made["primary_occupation_noc"] = TRADE


def left_trade(rng: random.Random, on: date, made: Json) -> None:
    """Two years in a trade that slide out of the five years."""
    made |= strong(rng, on)
    made["work"] = [job(TRADE, "IN", *slides_out(rng, on, 5, 2))]
    made["primary_occupation_noc"] = TRADE


def certificate(rng: random.Random, on: date, made: Json) -> None:
    made["primary_occupation_noc"] = TRADE
    made["certificate_of_qualification"] = {"noc": TRADE, "issued_on": ahead(rng, on).isoformat()}


def category_work(rng: random.Random, on: date, made: Json) -> None:
    """Work in a listed occupation that soon suffices for its category, or soon no longer does."""
    noc = rng.choice((NURSE, TRADE, WELDER))
    if maybe(rng, 0.5):
        made["work"] = [job(noc, "IN", on - rng.randint(1, 350) * DAY)]
    else:
        made["work"] = [job(noc, "IN", *slides_out(rng, on, 3, 1))]
    made["primary_occupation_noc"] = noc


def two_occupations(rng: random.Random, on: date, made: Json) -> None:
    """In Canada in two occupations, one of which overtakes the other: CEC then asks for another level."""
    made["first_official_language"] = "en"
    made["language_tests"] = [sitting("ielts_general", on - 10 * DAY, 5.5, 5)]
    start = on - rng.randint(400, 700) * DAY
    turned = on - rng.randint(30, 300) * DAY
    first, second = rng.sample(("21232", "72106"), 2)
    made["work"] = [job(first, "CA", start, turned), job(second, "CA", turned + DAY)]
    made["primary_occupation_noc"] = first


def offer(rng: random.Random, on: date, made: Json) -> None:
    since = years_later(ahead(rng, on), -1)
    made["job_offer"] = {
        "noc": DEVELOPER,
        "hours_per_week": 40,
        "duration_months": None,
        "lmia": False,
        "work_permit": "lmia_exempt",
        "employer_since": min(since, on).isoformat(),
    }


def nomination(rng: random.Random, on: date, made: Json) -> None:
    issued = ahead(rng, on) if maybe(rng, 0.5) else on - 20 * DAY
    ends = issued + rng.randint(60, 400) * DAY
    made["provincial_nomination"] = {
        "province": "ON",
        "issued_on": issued.isoformat(),
        "expires_on": ends.isoformat(),
    }


def brother(rng: random.Random, on: date, made: Json) -> None:
    made["relatives_in_canada"] = [
        {
            "relationship": "sibling",
            "of": "applicant",
            "birth_date": years_later(ahead(rng, on), -18).isoformat(),
            "status": "citizen",
        }
    ]


def just_enough_funds(rng: random.Random, on: date, made: Json) -> None:
    """What the table asks of one person on the day, and nothing that spares them from it."""
    made |= {"family_size": 1, "marital_status": "never_married", "spouse": None, "job_offer": None}
    made["settlement_funds_cad"] = in_force(FUNDS, on)[0] + rng.randint(0, 200)


def supported_offer(rng: random.Random, on: date, made: Json) -> None:
    """An offer that earned points until a rule ended them."""
    made["job_offer"] = {
        "noc": DEVELOPER,
        "hours_per_week": 40,
        "duration_months": None,
        "lmia": True,
        "work_permit": None,
    }


Plant = Callable[[random.Random, date, Json], None]
GROUPS: tuple[tuple[Plant, ...], ...] = (
    (
        work_in_canada, first_year_in_canada, left_canada, left_canada_long_ago, work_abroad, left_work_abroad,
        left_work_abroad, left_work_abroad, trade, left_trade, category_work, two_occupations, two_occupations,
    ),
    (second_test, test_to_come, birthday, birthday),
    (assessment, credential, birthday),
    (spouse_test, spouse_assessment, spouse_work, spouse_left_canada, just_enough_funds, just_enough_funds),
    (certificate, offer, nomination, brother, supported_offer),
)  # fmt: skip
"""One of each group is planted, the groups in this order, so that one event seldom undoes another."""
