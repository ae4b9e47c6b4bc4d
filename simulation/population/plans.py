"""A plan: what a candidate's raw facts shall amount to. Small numbers only, one a column of the bank."""

from typing import Any, NamedTuple

from simulation.population.levels import Level
from simulation.population.occupations import Kind

Json = dict[str, Any]

NO_STUDY, SHORT_STUDY, LONG_STUDY = range(3)
CEC, FSW, FST = range(3)


class Plan(NamedTuple):
    """One row of the bank.

    ``program`` is the one that admits the candidate (``CEC``, ``FSW``, ``FST``); the four language columns hold
    CLB or NCLC levels, 0 for below 4 and 10 for 10 or more, in the order listening, reading, writing, speaking
    (all 0: no test); ``canadian`` and ``foreign`` are counted years, ``canadian`` 5 and ``foreign`` 3 meaning
    'or more'; ``spouse`` says whether a spouse is scored; ``study`` is ``NO_STUDY``, ``SHORT_STUDY`` (one or two
    years in Canada) or ``LONG_STUDY``.
    """

    program: int
    kind: int
    french_first: int
    age: int
    level: int
    first_listening: int
    first_reading: int
    first_writing: int
    first_speaking: int
    second_listening: int
    second_reading: int
    second_writing: int
    second_speaking: int
    canadian: int
    foreign: int
    spouse: int
    spouse_level: int
    spouse_listening: int
    spouse_reading: int
    spouse_writing: int
    spouse_speaking: int
    spouse_canadian: int
    certificate: int
    nomination: int
    study: int
    sibling: int

    @property
    def education(self) -> Level:
        return Level(self.level)

    @property
    def occupation_kind(self) -> Kind:
        return Kind(self.kind)

    @property
    def first_language(self) -> tuple[int, int, int, int]:
        return self.first_listening, self.first_reading, self.first_writing, self.first_speaking

    @property
    def second_language(self) -> tuple[int, int, int, int]:
        return self.second_listening, self.second_reading, self.second_writing, self.second_speaking

    @property
    def spouse_language(self) -> tuple[int, int, int, int]:
        return self.spouse_listening, self.spouse_reading, self.spouse_writing, self.spouse_speaking
