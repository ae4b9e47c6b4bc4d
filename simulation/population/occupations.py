"""Which occupations candidates have: a few dozen are common, every skilled unit group occurs.

The common ones and their order follow IRCC's yearly Express Entry reports; the rest share a small weight.
"""

from enum import IntEnum
from functools import cache
from random import Random

from rules.occupations import noc2021
from simulation.population.chances import Weighted
from simulation.population.levels import Level

COMMON = {
    "21231": 34, "21232": 38, "21222": 32, "21221": 20, "21223": 9, "21211": 12, "21230": 10, "21234": 11,
    "21233": 5, "21220": 8, "21311": 6, "20012": 12, "20010": 4, "21301": 12, "21300": 13, "21310": 10,
    "21321": 7, "21320": 5, "21200": 4, "21120": 4, "22221": 15, "22220": 9, "22222": 6, "22301": 5,
    "22300": 4, "22310": 4, "22212": 3, "11100": 22, "11101": 17, "11102": 6, "11109": 6, "11200": 10,
    "11201": 18, "11202": 21, "10010": 10, "10011": 5, "10019": 6, "10021": 4, "10022": 10, "10029": 4,
    "12010": 9, "12011": 3, "12013": 5, "12100": 6, "12101": 8, "12102": 6, "12200": 14, "13100": 23,
    "13110": 21, "13101": 3, "13102": 4, "13201": 8, "31301": 15, "31102": 3, "31120": 5, "31202": 3,
    "31110": 2, "32101": 4, "32124": 4, "32120": 4, "33102": 10, "33100": 4, "33103": 4, "33109": 2,
    "41200": 8, "41201": 9, "41210": 6, "41220": 10, "41221": 8, "41300": 4, "41402": 8, "41401": 3,
    "41403": 3, "41404": 3, "41101": 4, "42201": 7, "42202": 15, "42203": 2, "43100": 3, "52120": 7,
    "51120": 2, "51114": 2, "60010": 6, "60020": 16, "60030": 10, "60031": 4, "62010": 26, "62020": 36,
    "62022": 4, "62023": 12, "62024": 3, "62029": 4, "62100": 8, "62101": 4, "62200": 12, "63200": 30,
    "63202": 4, "63201": 2, "63102": 6, "63100": 4, "63210": 2, "70010": 9, "70012": 3, "70020": 4,
    "72106": 7, "72200": 7, "72310": 8, "72300": 4, "72400": 4, "72401": 4, "72402": 3, "72410": 8,
    "72100": 4, "72404": 2, "73300": 21, "73112": 3, "73200": 2, "73102": 2, "73400": 3, "90010": 5,
    "80020": 2, "82030": 2, "82031": 2, "92012": 2, "92024": 2, "00012": 2, "00014": 3, "00015": 2, "00013": 1,
}  # fmt: skip
OTHERWISE = 0.55
RARE = {"00010": 0.02, "00011": 0.1, "41100": 0.02, "40042": 0.05, "42102": 0.05, "43204": 0.05}
# Occupations whose entry needs a professional degree, and what candidates with one mostly do.
LICENSED = ("31100", "31101", "31102", "31103", "31110", "31111", "31120", "31200", "31201", "41101")
# Nobody slips into these from a neighbouring occupation.
CLOSED = {*LICENSED, *RARE, "41200"}
ACADEMIC = {"41200": 60, "41201": 30, "21100": 4, "21101": 4, "21110": 8, "21210": 4, "21211": 10, "41400": 6}
UNSKILLED = Weighted(
    (
        ("65200", 22), ("65100", 20), ("64100", 18), ("65201", 16), ("65310", 8), ("75101", 8), ("64409", 5),
        ("44101", 6), ("75200", 5), ("95106", 3), ("14101", 6), ("64300", 4), ("84120", 2), ("85100", 4),
    )
)  # fmt: skip
SKILLED_TEERS = (0, 1, 2, 3)


class Kind(IntEnum):
    """What kind of occupation a candidate has: managers and professionals, others skilled, trades."""

    HIGH = 0
    MIDDLE = 1
    TRADE = 2


@cache
def occupations(kind: Kind, level: Level) -> Weighted[str]:
    """Return the skilled unit groups of a kind, weighted for people with this highest credential."""
    return Weighted((code, _weight(code, kind, level)) for code in noc2021)


@cache
def neighbours(code: str) -> tuple[str, ...]:
    """Return the skilled unit groups of the same minor group, for a change of job within a field."""
    same = [other for other in noc2021 if other[:3] == code[:3] and other != code and other not in CLOSED]
    return tuple(other for other in same if noc2021[other].teer in SKILLED_TEERS)


def related(code: str, stream: Random) -> str:
    """Return another skilled occupation of the same field, or the same one where there is no other."""
    others = neighbours(code)
    return others[int(stream.random() * len(others))] if others else code


def _weight(code: str, kind: Kind, level: Level) -> float:
    entry = noc2021[code]
    if entry.teer not in SKILLED_TEERS or _kind(code) != kind:
        return 0
    if level is Level.PROFESSIONAL and kind is Kind.HIGH:
        return COMMON.get(code, 1) if code in LICENSED else 0
    weight = RARE.get(code, COMMON.get(code, OTHERWISE))
    if code in LICENSED:
        return weight * (0.15 if level >= Level.MASTERS else 0)
    if level is Level.DOCTORAL:
        weight *= 0.3
        weight += ACADEMIC.get(code, 0)
    elif code == "41200" and level < Level.MASTERS:
        return 0
    return weight * (0.08 if entry.teer == 1 and level < Level.TWO_YEAR else 1)


def _kind(code: str) -> Kind:
    entry = noc2021[code]
    if entry.trade:
        return Kind.TRADE
    return Kind.HIGH if entry.teer <= 1 else Kind.MIDDLE
