"""The sections of a profile as a table: what each asks, where its answers live, when it is shown."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from eligibility.forms import (
    FirstLanguageForm,
    PrimaryOccupationForm,
    SpouseForm,
    StudiedTwoYearsForm,
)
from profiles.asking import Question, Section
from profiles.facts import Answers
from profiles.forms.partner import PartnerFirstLanguageForm, PartnerStudiedTwoYearsForm
from profiles.forms.plans import NominationClaimForm, PlansForm
from profiles.forms.work import PracticeForm
from profiles.listings import (
    CERTIFICATE,
    EDUCATION,
    JOBS,
    OFFER,
    PARTNER_EDUCATION,
    PARTNER_JOBS,
    PARTNER_TESTS,
    RELATIVES,
    TESTS,
    own_birth,
    partnered,
)
from profiles.personal_sections import ABOUT_THE_PERSON, PARTNER_IDENTITY


def scored_partner(answers: Answers) -> bool:
    """Whether the partner's study, languages and work can count: they come along and need residence."""
    spouse = answers.get("spouse") or {}
    return spouse.get("accompanying") is True and spouse.get("canadian_citizen_or_pr") is False


def occupations(answers: Answers) -> dict[str, Any]:
    """The occupations that may be named as the primary one: those told anywhere in the profile."""
    told = [
        *(answers.get("work") or []),
        answers.get("job_offer"),
        answers.get("certificate_of_qualification"),
    ]
    codes = [part["noc"] for part in told if part]
    return {"occupations": [*codes, *filter(None, [answers.get("primary_occupation_noc")])]}


STUDY = _("Study and languages")
WORK = _("Work")
DETAILS = _("Application details")
PARTNER = _("Your spouse or partner")
PARTNER_HELP = (_("Education, language and Canadian work of a partner who comes along can earn points."),)

SECTIONS: tuple[Section, ...] = (
    *ABOUT_THE_PERSON,
    Section(
        "study",
        _("Education history"),
        STUDY,
        (
            _("State every credential: two of them together can earn more than the higher one."),
            _("A foreign one counts with an educational credential assessment."),
        ),
        (Question(StudiedTwoYearsForm, ("studied_two_years_in_canada",)),),
        EDUCATION,
    ),
    Section(
        "languages",
        _("Official languages"),
        STUDY,
        (_("A test counts for two years from its day. Of several in one language, the latest counts."),),
        (Question(FirstLanguageForm, ("first_official_language",)),),
        TESTS,
    ),
    Section(
        "work",
        _("Work history"),
        WORK,
        (
            _("Gaps are allowed in a profile. You would explain them only after an invitation."),
            _("Work of TEER 4 or 5 earns no points. You may state it all the same."),
        ),
        (
            Question(
                PrimaryOccupationForm,
                ("primary_occupation_noc",),
                options=occupations,
                asked=lambda answers: bool(answers.get("work")),
            ),
            Question(
                PracticeForm,
                (),
                options=own_birth,
                asked=lambda answers: bool(answers.get("work")),
                under="practice",
                optional=("qualified_on",),
            ),
        ),
        JOBS,
    ),
    Section(
        "certificate",
        _("Trade certificate"),
        WORK,
        (_("It opens the Federal Skilled Trades Program, and earns points with language."),),
        entries=CERTIFICATE,
    ),
    Section(
        "plans",
        _("Provinces and settlement funds"),
        DETAILS,
        (_("Funds are not needed by those who work in Canada and have a job offer that counts."),),
        (
            Question(
                PlansForm,
                ("plans", "intended_province", "settlement_funds_cad"),
                asked_at={"plans": "provinces", "intended_province": "provinces"},
            ),
        ),
    ),
    Section(
        "job-offer",
        _("Job offer"),
        DETAILS,
        (_("Since 25 March 2025 an offer earns no points in the ranking. It can still open a program."),),
        entries=OFFER,
    ),
    Section(
        "nomination",
        _("Nomination and selection"),
        DETAILS,
        (_("A nomination that you have accepted earns 600 points."),),
        (
            Question(
                NominationClaimForm,
                ("provincial_nomination",),
                options=lambda answers: {"accepted": answers.get("provincial_nomination")},
                optional=("nomination",),
                asked_at={"provincial_nomination": "nominated"},
            ),
        ),
    ),
    Section(
        "relatives",
        _("Relatives in Canada"),
        DETAILS,
        (_("Relatives must live in Canada. How they are related decides which program counts them."),),
        entries=RELATIVES,
    ),
    Section(
        "partner",
        _("Your partner’s plans and status"),
        PARTNER,
        (_("You can change later whether your partner comes with you, and see what it does to the score."),),
        (Question(SpouseForm, ("accompanying", "canadian_citizen_or_pr")),),
        shown=partnered,
        of_partner=True,
    ),
    Section(
        "partner-personal",
        _("Your partner’s personal details"),
        PARTNER,
        (_("A partner is named even if they stay behind. Their passport is not needed for a profile."),),
        (PARTNER_IDENTITY,),
        shown=partnered,
        of_partner=True,
        judged_anew=True,
    ),
    Section(
        "partner-study",
        _("Your partner’s education history"),
        PARTNER,
        PARTNER_HELP,
        (Question(PartnerStudiedTwoYearsForm, ("studied_two_years_in_canada",)),),
        PARTNER_EDUCATION,
        shown=partnered,
        needed=scored_partner,
        of_partner=True,
    ),
    Section(
        "partner-languages",
        _("Your partner’s official languages"),
        PARTNER,
        PARTNER_HELP,
        (Question(PartnerFirstLanguageForm, ("first_official_language",)),),
        PARTNER_TESTS,
        shown=partnered,
        needed=scored_partner,
        of_partner=True,
    ),
    Section(
        "partner-work",
        _("Your partner’s work history"),
        PARTNER,
        PARTNER_HELP,
        entries=PARTNER_JOBS,
        shown=partnered,
        needed=scored_partner,
        of_partner=True,
    ),
)
BY_SLUG: Mapping[str, Section] = {section.slug: section for section in SECTIONS}


def shown(answers: Answers) -> list[Section]:
    """Return the sections that these answers call for, in order."""
    return [section for section in SECTIONS if section.shown(answers)]
