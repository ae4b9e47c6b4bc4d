"""The raw facts of one candidate as frozen records; names and meanings are those of the profile format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

Number = int | float

CANADA: Final = "CA"
QUEBEC: Final = "QC"

LANGUAGES: Final = ("en", "fr")
ABILITIES: Final = ("listening", "reading", "writing", "speaking")
TESTS: Final = ("ielts_general", "celpip_general", "pte_core", "tef_canada", "tcf_canada")
LEVELS: Final = (
    "none", "secondary", "one_year", "two_year", "three_year", "masters", "professional", "doctoral",
)  # fmt: skip
MARITAL_STATUSES: Final = (
    "never_married", "married", "common_law", "divorced", "separated", "widowed", "annulled",
)  # fmt: skip
PARTNERED: Final = frozenset({"married", "common_law"})
PROVINCES: Final = ("AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT")
WORK_PERMITS: Final = ("lmia", "lmia_exempt", "open")
RELATIONSHIPS: Final = (
    "parent", "grandparent", "child", "grandchild", "sibling", "aunt_or_uncle", "niece_or_nephew", "cousin",
    "other",
)  # fmt: skip
RELATIVE_OF: Final = ("applicant", "spouse")
RELATIVE_STATUSES: Final = ("citizen", "permanent_resident", "temporary_resident", "other")

MAXIMUM_WEEKLY_HOURS: Final = 112
LAST_AS_OF: Final = date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class Eca:
    """Assessment of a credential earned abroad; `equivalency` is the level it states."""

    issued_on: date
    equivalency: str
    organization: str | None = None


@dataclass(frozen=True, slots=True)
class CanadianStudy:
    """What the Canadian study points ask of a credential earned in Canada."""

    full_time_months: Number
    months_in_canada: Number
    mostly_language_training: bool = False
    mostly_distance: bool = False
    return_home_award: bool = False


@dataclass(frozen=True, slots=True)
class Education:
    """One credential; without a completion date it is not finished."""

    level: str
    country: str
    start_date: date | None
    completion_date: date | None
    eca: Eca | None = None
    canadian_study: CanadianStudy | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """Raw scores of the four abilities, as on the report."""

    listening: Number
    reading: Number
    writing: Number
    speaking: Number


@dataclass(frozen=True, slots=True)
class LanguageTest:
    """One sitting of one test."""

    test: str
    date_taken: date
    scores: Scores


@dataclass(frozen=True, slots=True)
class Job:
    """One job; `end_date` is the last day worked, None while it goes on."""

    noc: str
    country: str
    start_date: date
    end_date: date | None
    hours_per_week: Number
    paid: bool = True
    authorized: bool = True
    self_employed: bool = False
    full_time_student: bool = False


@dataclass(frozen=True, slots=True)
class Certificate:
    """A Canadian certificate of qualification in the trade `noc`."""

    noc: str
    issued_on: date
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class JobOffer:
    """An offer of work in Canada; without a duration it is indeterminate."""

    noc: str
    hours_per_week: Number
    duration_months: Number | None
    lmia: bool
    work_permit: str | None
    employer_since: date | None = None


@dataclass(frozen=True, slots=True)
class Nomination:
    """A provincial nomination that the candidate has accepted; without an end it is open."""

    province: str
    issued_on: date
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody living in Canada; `of` says whose relative."""

    relationship: str
    of: str
    birth_date: date
    status: str


@dataclass(frozen=True, slots=True)
class Spouse:
    """Spouse or common-law partner."""

    accompanying: bool
    canadian_citizen_or_pr: bool
    education: tuple[Education, ...] = ()
    first_official_language: str | None = None
    language_tests: tuple[LanguageTest, ...] = ()
    work: tuple[Job, ...] = ()
    studied_two_years_in_canada: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything the rules read about one candidate, and the day on which it is to be read."""

    as_of: date
    birth_date: date
    marital_status: str
    intended_province: str | None
    family_size: int
    settlement_funds_cad: Number
    education: tuple[Education, ...]
    first_official_language: str
    language_tests: tuple[LanguageTest, ...]
    work: tuple[Job, ...]
    primary_occupation_noc: str | None
    certificate_of_qualification: Certificate | None = None
    job_offer: JobOffer | None = None
    provincial_nomination: Nomination | None = None
    relatives_in_canada: tuple[Relative, ...] = ()
    studied_two_years_in_canada: bool = False
    spouse: Spouse | None = None

    @property
    def partner(self) -> Spouse | None:
        """The spouse, if the marital status lets one be read."""
        return self.spouse if self.marital_status in PARTNERED else None

    @property
    def scored_spouse(self) -> Spouse | None:
        """The spouse who is scored: comes along, neither citizen nor permanent resident (rule 2)."""
        partner = self.partner
        scored = partner is not None and partner.accompanying and not partner.canadian_citizen_or_pr
        return partner if scored else None
