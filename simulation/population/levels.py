"""Levels of education in the order in which a plan counts them."""

from enum import IntEnum


class Level(IntEnum):
    """Highest credential that counts, lowest first; two or more is made of two credentials."""

    NONE = 0
    SECONDARY = 1
    ONE_YEAR = 2
    TWO_YEAR = 3
    THREE_YEAR = 4
    TWO_OR_MORE = 5
    MASTERS = 6
    PROFESSIONAL = 7
    DOCTORAL = 8

    @property
    def word(self) -> str:
        """The level's name in a profile."""
        return self.name.lower()
