"""Profile numbers and validation codes for simulated candidates: no two alike, and none that is in use."""

from itertools import count

from profiles.models import Profile
from profiles.services import CODE_ALPHABET, CODE_LENGTH

NUMBERS = 10**9
CODES = len(CODE_ALPHABET) ** CODE_LENGTH
# A power of three shares no factor with 10 or 2, so steps of this width meet every value before they repeat.
STEP = 3**18


class Numbers:
    """Gives each index below ``size`` a number and a code of a sequence that the seed begins.

    One that somebody already has is replaced by the next of the sequence that nobody has.
    """

    def __init__(self, *, seed: int, size: int) -> None:
        self.seed = seed
        self.spare = count(size)
        self.numbers_taken = set(Profile.objects.order_by("pk").values_list("number", flat=True))
        self.codes_taken = set(Profile.objects.order_by("pk").values_list("validation_code", flat=True))

    def number(self, index: int) -> str:
        """Return a profile number: E and nine digits."""
        found = _number(self.seed, index)
        while found in self.numbers_taken:
            found = _number(self.seed, next(self.spare))
        return found

    def validation_code(self, index: int) -> str:
        """Return a Job Seeker validation code."""
        found = _code(self.seed, index)
        while found in self.codes_taken:
            found = _code(self.seed, next(self.spare))
        return found


def _number(seed: int, index: int) -> str:
    return f"E{(seed * 104_729 + (index + 1) * STEP) % NUMBERS:09d}"


def _code(seed: int, index: int) -> str:
    value, letters = (seed * 15_485_863 + (index + 1) * STEP * STEP) % CODES, ""
    for _place in range(CODE_LENGTH):
        value, letter = divmod(value, len(CODE_ALPHABET))
        letters += CODE_ALPHABET[letter]
    return letters
