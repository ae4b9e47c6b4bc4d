"""The published tables, typed a second time by hand for the oracle: nothing here is read from `rules`.

Each dated table is a list of (first day as ISO text, value), oldest first.
"""

LEVELS = (
    "none",
    "secondary",
    "one_year",
    "two_year",
    "three_year",
    "two_or_more",
    "masters",
    "professional",
    "doctoral",
)

# Points with a scored spouse, then without one.
AGE_WITH = {
    18: 90, 19: 95, 30: 95, 31: 90, 32: 85, 33: 80, 34: 75, 35: 70, 36: 65, 37: 60, 38: 55, 39: 50, 40: 45,
    41: 35, 42: 25, 43: 15, 44: 5, **dict.fromkeys(range(20, 30), 100),
}  # fmt: skip
AGE_WITHOUT = {
    18: 99, 19: 105, 30: 105, 31: 99, 32: 94, 33: 88, 34: 83, 35: 77, 36: 72, 37: 66, 38: 61, 39: 55, 40: 50,
    41: 39, 42: 28, 43: 17, 44: 6, **dict.fromkeys(range(20, 30), 110),
}  # fmt: skip
EDUCATION_WITH = dict(zip(LEVELS, (0, 28, 84, 91, 112, 119, 126, 126, 140), strict=True))
EDUCATION_WITHOUT = dict(zip(LEVELS, (0, 30, 90, 98, 120, 128, 135, 135, 150), strict=True))
FIRST_LANGUAGE_WITH = {0: 0, 4: 6, 5: 6, 6: 8, 7: 16, 8: 22, 9: 29, 10: 32}
FIRST_LANGUAGE_WITHOUT = {0: 0, 4: 6, 5: 6, 6: 9, 7: 17, 8: 23, 9: 31, 10: 34}
SECOND_LANGUAGE = {0: 0, 4: 0, 5: 1, 6: 1, 7: 3, 8: 3, 9: 6, 10: 6}
CANADIAN_WORK_WITH = {0: 0, 1: 35, 2: 46, 3: 56, 4: 63, 5: 70}
CANADIAN_WORK_WITHOUT = {0: 0, 1: 40, 2: 53, 3: 64, 4: 72, 5: 80}

SPOUSE_EDUCATION = dict(zip(LEVELS, (0, 2, 6, 7, 8, 9, 10, 10, 10), strict=True))
SPOUSE_LANGUAGE = {0: 0, 4: 0, 5: 1, 6: 1, 7: 3, 8: 3, 9: 5, 10: 5}
SPOUSE_CANADIAN_WORK = {0: 0, 1: 5, 2: 7, 3: 8, 4: 9, 5: 10}

# Sum points of a transferability pair: [tier of the first thing][tier of the second].
PAIR = {0: {0: 0, 1: 0, 2: 0}, 1: {0: 0, 1: 13, 2: 25}, 2: {0: 0, 1: 25, 2: 50}}

# (points with English below 5, points with English 5 or more)
FRENCH: list[tuple[str, tuple[int, int]]] = [
    ("2015-01-01", (0, 0)),
    ("2017-06-06", (15, 30)),
    ("2020-10-20", (25, 50)),
]
SIBLING: list[tuple[str, int]] = [("2015-01-01", 0), ("2017-06-06", 15)]
# (one or two years, three years or more)
CANADIAN_STUDY: list[tuple[str, tuple[int, int]]] = [("2015-01-01", (0, 0)), ("2016-11-19", (15, 30))]
# (occupations of major group 00, others, must be assessed and indeterminate)
ARRANGED: list[tuple[str, tuple[int, int, bool]]] = [
    ("2015-01-01", (600, 600, True)),
    ("2016-11-19", (200, 50, False)),
    ("2025-03-25", (0, 0, False)),
]

FSW_EDUCATION = dict(zip(LEVELS, (0, 5, 15, 19, 21, 22, 23, 23, 25), strict=True))
FSW_LANGUAGE = {0: 0, 4: 0, 5: 0, 6: 0, 7: 4, 8: 5, 9: 6, 10: 6}
FSW_EXPERIENCE = {0: 0, 1: 9, 2: 11, 3: 11, 4: 13, 5: 13, 6: 15}
FSW_AGE = {
    **dict.fromkeys(range(18, 36), 12),
    36: 11, 37: 10, 38: 9, 39: 8, 40: 7, 41: 6, 42: 5, 43: 4, 44: 3, 45: 2, 46: 1,
}  # fmt: skip
_FAMILY = "parent grandparent child grandchild sibling aunt_or_uncle niece_or_nephew"
FSW_RELATIVES = frozenset(_FAMILY.split())

TRADE_PREFIXES = ("72", "73", "82", "83", "92", "93", "6320", "62200")
NOT_TRADE_PREFIXES = ("726", "932")

# Amounts for one to seven people, then for each further one.
FUNDS: list[tuple[str, tuple[int, ...]]] = [
    ("2015-01-01", (11824, 14720, 18097, 21971, 24920, 28105, 31291, 3187)),
    ("2017-01-01", (12300, 15312, 18825, 22856, 25923, 29236, 32550, 3314)),
    ("2018-01-01", (12474, 15530, 19092, 23181, 26291, 29652, 33013, 3361)),
    ("2019-01-01", (12669, 15772, 19390, 23542, 26701, 30114, 33528, 3414)),
    ("2020-01-01", (12960, 16135, 19836, 24083, 27315, 30806, 34299, 3492)),
    ("2021-07-16", (13213, 16449, 20222, 24553, 27847, 31407, 34967, 3560)),
    ("2022-06-09", (13310, 16570, 20371, 24733, 28052, 31638, 35224, 3586)),
    ("2023-04-25", (13757, 17127, 21055, 25564, 28994, 32700, 36407, 3706)),
    ("2024-05-28", (14690, 18288, 22483, 27297, 30690, 34917, 38875, 3958)),
    ("2025-07-07", (15263, 19001, 23360, 28362, 32168, 36280, 40392, 4112)),
]

ABILITIES = ("listening", "reading", "writing", "speaking")
LANGUAGE_OF = {
    "ielts_general": "en",
    "celpip_general": "en",
    "pte_core": "en",
    "tef_canada": "fr",
    "tcf_canada": "fr",
}
_CELPIP: tuple[float, ...] = (10, 9, 8, 7, 6, 5, 4)
_TEF_2013: tuple[float, ...] = (393, 371, 349, 310, 271, 226, 181)
_TEF_2019: tuple[float, ...] = (566, 533, 500, 450, 400, 350, 300)
# test -> [(first day the test may have been taken, lowest score for CLB 10, 9, ... 4 by ability)]
SCORES: dict[str, list[tuple[str, dict[str, tuple[float, ...]]]]] = {
    "ielts_general": [
        (
            "2013-01-01",
            {
                "listening": (8.5, 8.0, 7.5, 6.0, 5.5, 5.0, 4.5),
                "reading": (8.0, 7.0, 6.5, 6.0, 5.0, 4.0, 3.5),
                "writing": (7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.0),
                "speaking": (7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.0),
            },
        )
    ],
    "celpip_general": [("2013-01-01", dict.fromkeys(ABILITIES, _CELPIP))],
    "pte_core": [
        (
            "2024-01-30",
            {
                "listening": (89, 82, 71, 60, 50, 39, 28),
                "reading": (88, 78, 69, 60, 51, 42, 33),
                "writing": (90, 88, 79, 69, 60, 51, 41),
                "speaking": (89, 84, 76, 68, 59, 51, 42),
            },
        )
    ],
    "tef_canada": [
        (
            "2013-01-01",
            {
                "listening": (316, 298, 280, 249, 217, 181, 145),
                "reading": (263, 248, 233, 207, 181, 151, 121),
                "writing": _TEF_2013,
                "speaking": _TEF_2013,
            },
        ),
        ("2019-10-01", dict.fromkeys(ABILITIES, _TEF_2019)),
        (
            "2023-12-11",
            {
                "listening": (546, 503, 462, 434, 393, 352, 306),
                "reading": (546, 503, 462, 434, 393, 352, 306),
                "writing": (558, 512, 472, 428, 379, 330, 268),
                "speaking": (556, 518, 494, 456, 422, 387, 328),
            },
        ),
    ],
    "tcf_canada": [
        (
            "2013-01-01",
            {
                "listening": (549, 523, 503, 458, 398, 369, 331),
                "reading": (549, 524, 499, 453, 406, 375, 342),
                "writing": (16, 14, 12, 10, 7, 6, 4),
                "speaking": (16, 14, 12, 10, 7, 6, 4),
            },
        )
    ],
}

_HEALTHCARE_2023 = (
    "31100 31101 31102 31103 31110 31111 31112 31121 31200 31201 31202 31203 31204 31209 31300 31301 31302 "
    "31303 32101 32102 32103 32109 32120 32121 32122 32200 32201 32209 33101 33102 33103 33109 41301 41320 "
    "42203"
)
_HEALTHCARE_2025 = (
    "31100 31101 31102 31103 31110 31111 31112 31120 31121 31200 31201 31202 31203 31209 31300 31301 31302 "
    "31303 32101 32102 32103 32104 32109 32111 32120 32121 32122 32123 32124 32129 32201 33101 33102 33103 "
    "41300 41301 42201"
)
_STEM_2023 = (
    "20010 20011 20012 21200 21201 21202 21203 21210 21211 21220 21221 21222 21223 21230 21231 21232 21233 "
    "21234 21300 21310 21311 21321 21322 41400"
)
_STEM_2025 = "20011 21220 21300 21301 21310 21321 21331 22300 22301 22310 63100"
_TRADES_2023 = "72014 72106 72200 72300 72310 72400 72402 72405 72406 73200"
_TRADES_2025 = (
    "22303 63200 70010 70011 72100 72102 72106 72200 72201 72300 72302 72310 72311 72320 72400 72401 72402 "
    "72422 72501 72999 73100 73110 73112 73113 82021"
)
_TRADES_2026 = (
    "22303 63201 70010 70011 72100 72102 72106 72200 72201 72300 72302 72310 72311 72320 72400 72401 72402 "
    "72422 72501 72999 73100 73110 73112 73113 82021"
)
_TRANSPORT_2023 = "70020 72403 72404 72600 72601 72602 72603 72604 73300 93200"
_EDUCATION_2025 = "41220 41221 42202 42203 43100"
# (code, hours, one unbroken run, in Canada only, listed occupations); no occupations: decided by language.
# Skilled military recruits need facts that a profile does not hold (service in a foreign military,
# an offer from the Canadian Armed Forces), so that nobody is given it.
CATEGORY_SETS: list[tuple[str, list[tuple[str, int, bool, bool, str]]]] = [
    ("2015-01-01", []),
    (
        "2023-05-31",
        [
            ("french", 0, False, False, ""),
            ("healthcare", 780, True, False, _HEALTHCARE_2023),
            ("stem", 780, True, False, _STEM_2023),
            ("trades", 780, True, False, _TRADES_2023),
            ("transport", 780, True, False, _TRANSPORT_2023),
            ("agriculture", 780, True, False, "63201 82030 82031"),
        ],
    ),
    (
        "2025-02-27",
        [
            ("french", 0, False, False, ""),
            ("healthcare", 780, True, False, _HEALTHCARE_2025),
            ("stem", 780, True, False, _STEM_2025),
            ("trades", 780, True, False, _TRADES_2025),
            ("agriculture", 780, True, False, "63201"),
            ("education", 780, True, False, _EDUCATION_2025),
        ],
    ),
    (
        "2026-02-18",
        [
            ("french", 0, False, False, ""),
            ("healthcare", 1560, False, False, _HEALTHCARE_2025),
            ("stem", 1560, False, False, _STEM_2025),
            ("trades", 1560, False, False, _TRADES_2026),
            ("education", 1560, False, False, _EDUCATION_2025),
            ("transport", 1560, False, False, "22313 72404 72410 72600"),
            ("physicians", 1560, False, True, "31100 31101 31102"),
            ("senior_managers", 1560, False, True, "00012 00013 00014 00015"),
            ("researchers", 1560, False, True, "41200 41201"),
        ],
    ),
]
