"""Where candidates come from, what they speak and which tests and assessors they use there.

Shares follow IRCC's yearly Express Entry reports in outline: India first, then Nigeria, the Philippines,
China, Pakistan, Iran, Brazil; among those with French first, Cameroon, Morocco, France, Algeria.
"""

from dataclasses import dataclass
from functools import cache

from simulation.population.chances import Weighted

CELPIP_ABROAD = ("IN", "PH", "AE", "US", "GB", "CN", "KR", "NG", "PK")
ASSESSORS = Weighted((("WES", 72), ("IQAS", 9), ("ICAS", 6), ("CES", 7), ("ICES", 6)))
WORK_ELSEWHERE = Weighted(
    (
        ("AE", 24), ("SA", 12), ("QA", 8), ("US", 12), ("GB", 11), ("SG", 6), ("DE", 6), ("KW", 4), ("OM", 3),
        ("AU", 4), ("NZ", 2), ("FR", 3), ("MY", 3), ("HK", 2),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Country:
    """One country of origin.

    ``in_canada``, ``abroad`` and ``in_french`` weigh it among candidates with Canadian work, without it,
    and with French as first official language. ``timezone`` is in hours east of UTC.
    """

    code: str
    in_canada: float
    abroad: float
    in_french: float
    timezone: float


COUNTRIES = tuple(
    Country(code, *numbers)
    for code, *numbers in (
        ("IN", 46, 27, 0.2, 5.5), ("NG", 6, 15, 0.4, 1), ("PH", 6, 6, 0, 8), ("CN", 7, 6, 0.2, 8),
        ("PK", 2.4, 8, 0, 5), ("IR", 4, 4, 0.3, 3.5), ("BR", 3.6, 3.5, 0.8, -3), ("BD", 2, 4, 0, 6),
        ("LK", 1, 2, 0, 5.5), ("NP", 1.2, 1.2, 0, 5.75), ("KR", 2, 1, 0.1, 9), ("JP", 0.8, 0.4, 0, 9),
        ("VN", 1.6, 0.8, 0.1, 7), ("MX", 2, 1.6, 0.5, -6), ("CO", 1.2, 1.4, 0.5, -5), ("PE", 0.3, 0.4, 0.1, -5),
        ("US", 1.4, 2, 0.5, -5), ("GB", 2.2, 1.6, 0.3, 0), ("IE", 0.9, 0.3, 0, 0), ("AU", 0.7, 0.4, 0, 10),
        ("FR", 0.6, 0.2, 17, 1), ("BE", 0.1, 0.1, 1.6, 1), ("CH", 0.1, 0.1, 0.6, 1), ("DE", 0.4, 0.4, 0.2, 1),
        ("UA", 1.4, 0.8, 0.1, 2), ("RU", 0.8, 0.9, 0.1, 3), ("TR", 1.2, 1.4, 0.2, 3), ("EG", 0.9, 2, 0.6, 2),
        ("LB", 0.3, 0.8, 1.6, 2), ("JO", 0.2, 0.7, 0, 2), ("AE", 0.3, 0.8, 0, 4), ("SA", 0.1, 0.4, 0, 3),
        ("KE", 0.5, 1.2, 0, 3), ("GH", 0.8, 2, 0.1, 0), ("ZA", 0.4, 1, 0, 2), ("ZW", 0.3, 0.8, 0, 2),
        ("UG", 0.2, 0.5, 0, 3), ("CM", 0.4, 1.6, 24, 1), ("MA", 0.4, 0.7, 14, 1), ("DZ", 0.2, 0.4, 10, 1),
        ("TN", 0.2, 0.3, 6, 1), ("SN", 0, 0.1, 4.5, 0), ("CI", 0, 0.1, 6.5, 0), ("BJ", 0, 0.1, 3, 1),
        ("TG", 0, 0.1, 2, 0), ("CD", 0.1, 0.1, 2.6, 1), ("MG", 0, 0, 1.4, 3), ("HT", 0.1, 0.1, 2, -5),
        ("MU", 0.2, 0.3, 1, 4), ("RW", 0.1, 0.3, 0.6, 2), ("JM", 0.9, 0.6, 0, -5), ("TT", 0.4, 0.3, 0, -4),
        ("VE", 0.2, 0.4, 0.1, -4), ("CL", 0.2, 0.2, 0.1, -4), ("TW", 0.5, 0.2, 0, 8), ("HK", 1.2, 0.4, 0, 8),
        ("MY", 0.3, 0.4, 0, 8), ("ID", 0.2, 0.3, 0, 7), ("IT", 0.2, 0.2, 0.2, 1), ("ES", 0.2, 0.2, 0.2, 1),
    )
)  # fmt: skip


@cache
def origins(french_first: bool, has_canadian_work: bool) -> Weighted[Country]:
    """Return the countries of candidates of one kind, weighted."""
    column = "in_french" if french_first else "in_canada" if has_canadian_work else "abroad"
    return Weighted((country, getattr(country, column)) for country in COUNTRIES)


@cache
def english_tests(country: str, in_canada: bool) -> Weighted[str]:
    """Return the English tests that people take there, weighted."""
    if in_canada:
        return Weighted((("ielts_general", 40), ("celpip_general", 45), ("pte_core", 15)))
    if country in CELPIP_ABROAD:
        return Weighted((("ielts_general", 66), ("celpip_general", 14), ("pte_core", 20)))
    return Weighted((("ielts_general", 82), ("pte_core", 18)))


FRENCH_TESTS = Weighted((("tef_canada", 62), ("tcf_canada", 38)))
