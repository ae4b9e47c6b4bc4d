"""The same couple with the other one as the principal applicant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from rules.checking import ProfileError
from rules.records import Job, Profile, Relative, Spouse

_OTHER: Final = {"applicant": "spouse", "spouse": "applicant"}


def can_swap(profile: Profile) -> bool:
    """Whether the partner could apply in the candidate's place: comes to Canada and is no citizen or resident."""
    return profile.scored_spouse is not None


def swapped(
    profile: Profile,
    *,
    partner_birth_date: date,
    partner_language: str | None = None,
    partner_work: Iterable[Job] = (),
    partner_occupation: str | None = None,
) -> Profile | None:
    """The profile in which the partner is the principal applicant; None where the partner cannot be.

    A profile knows of a partner only what earns points. The rest is given: the birth date; the first official
    language ("en" or "fr") where `profile.spouse` names none, else that of the tests, else "en"; work beside
    the work in Canada that it holds; the NOC code of the primary occupation, else the one held most often.

    Family, funds and province are shared. Relatives stay whose they are. What belongs to the candidate alone
    (nomination, job offer, certificate of qualification) is left out. Raises `ProfileError` for a birth date
    after `as_of`.
    """
    partner = profile.scored_spouse
    if partner is None:
        return None
    if partner_birth_date > profile.as_of:
        raise ProfileError(
            "birth_date", "born_later", birth=str(partner_birth_date), as_of=str(profile.as_of)
        )
    work = (*partner.work, *partner_work)
    return Profile(
        as_of=profile.as_of,
        birth_date=partner_birth_date,
        marital_status=profile.marital_status,
        intended_province=profile.intended_province,
        family_size=profile.family_size,
        settlement_funds_cad=profile.settlement_funds_cad,
        education=partner.education,
        first_official_language=partner.first_official_language or partner_language or _tested(partner),
        language_tests=partner.language_tests,
        work=work,
        primary_occupation_noc=partner_occupation or _most_held(work),
        relatives_in_canada=tuple(_of_the_other(one) for one in profile.relatives_in_canada),
        studied_two_years_in_canada=partner.studied_two_years_in_canada,
        spouse=_as_partner(profile),
    )


def _as_partner(profile: Profile) -> Spouse:
    return Spouse(
        accompanying=True,
        canadian_citizen_or_pr=False,
        education=profile.education,
        first_official_language=profile.first_official_language,
        language_tests=profile.language_tests,
        work=profile.work,
        studied_two_years_in_canada=profile.studied_two_years_in_canada,
    )


def _of_the_other(relative: Relative) -> Relative:
    return replace(relative, of=_OTHER[relative.of])


def _tested(partner: Spouse) -> str:
    tests = {test.test for test in partner.language_tests}
    return "fr" if tests and tests <= {"tef_canada", "tcf_canada"} else "en"


def _most_held(work: tuple[Job, ...]) -> str | None:
    held = Counter(job.noc for job in work)
    return held.most_common(1)[0][0] if held else None
