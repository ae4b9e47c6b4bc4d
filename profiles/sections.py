"""The sections of a profile as a table: what each asks, where its answers live, when it is shown."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from eligibility.forms import (
    BirthDateForm,
    CertificateForm,
    EducationForm,
    FamilySizeForm,
    FirstLanguageForm,
    FundsForm,
    JobForm,
    JobOfferForm,
    LanguageTestForm,
    MaritalStatusForm,
    NominationForm,
    PrimaryOccupationForm,
    ProvinceForm,
    RelativeForm,
    SpouseForm,
    StudiedTwoYearsForm,
)
from profiles.asking import Entries, Question, Section
from profiles.facts import PARTNERED, Answers
from profiles.forms import IdentityForm

MOST_ENTRIES = 40


def partnered(answers: Answers) -> bool:
    """Whether the law reads a spouse or partner."""
    return answers.get("marital_status") in PARTNERED


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


EDUCATION = Entries(
    "education",
    EducationForm,
    question=_("Do you have a diploma or degree to state, finished or not?"),
    hint=_("From secondary school up, in any country. Each has a page of its own."),
    add=_("Add a credential"),
    add_another=_("Save and add another credential"),
    numbered=_("Credential %(number)s"),
    counted=ngettext_lazy("%(count)s credential", "%(count)s credentials", "count"),
)
TESTS = Entries(
    "language_tests",
    LanguageTestForm,
    question=_("Have you taken a language test that is accepted for Express Entry?"),
    hint=_("IELTS General Training, CELPIP-General, PTE Core, TEF Canada or TCF Canada."),
    add=_("Add a language test"),
    add_another=_("Save and add another test"),
    numbered=_("Language test %(number)s"),
    counted=ngettext_lazy("%(count)s language test", "%(count)s language tests", "count"),
)
JOBS = Entries(
    "work",
    JobForm,
    question=_("Have you had a job in the last ten years?"),
    hint=_("In any country, employed or self-employed. Each job has a page of its own."),
    add=_("Add a job"),
    add_another=_("Save and add another job"),
    numbered=_("Job %(number)s"),
    counted=ngettext_lazy("%(count)s job", "%(count)s jobs", "count"),
)
CERTIFICATE = Entries(
    "certificate_of_qualification",
    CertificateForm,
    question=_("Do you have a Canadian certificate of qualification in a skilled trade?"),
    hint=_("Issued by a province, a territory or a federal body, such as a Red Seal."),
    add=_("Add the certificate"),
    add_another="",
    numbered=_("Trade certificate"),
    counted=ngettext_lazy("%(count)s certificate", "%(count)s certificates", "count"),
    single=True,
)
OFFER = Entries(
    "job_offer",
    JobOfferForm,
    question=_("Do you have a written job offer from an employer in Canada?"),
    hint=_("A signed offer or contract. A job you already hold there counts as well."),
    add=_("Add the job offer"),
    add_another="",
    numbered=_("Job offer"),
    counted=ngettext_lazy("%(count)s job offer", "%(count)s job offers", "count"),
    single=True,
)
NOMINATION = Entries(
    "provincial_nomination",
    NominationForm,
    question=_("Has a province or territory nominated you?"),
    hint=_("Only a nomination under an Express Entry stream that you have accepted."),
    add=_("Add the nomination"),
    add_another="",
    numbered=_("Nomination"),
    counted=ngettext_lazy("%(count)s nomination", "%(count)s nominations", "count"),
    single=True,
)
RELATIVES = Entries(
    "relatives_in_canada",
    RelativeForm,
    question=_("Do you, or does your partner, have a relative who lives in Canada?"),
    hint=_("A brother or sister of 18 or older who is a citizen or permanent resident can earn points."),
    add=_("Add a relative"),
    add_another=_("Save and add another relative"),
    numbered=_("Relative %(number)s"),
    counted=ngettext_lazy("%(count)s relative", "%(count)s relatives", "count"),
    options=lambda answers: {"partnered": partnered(answers)},
)
PARTNER_EDUCATION = replace(
    EDUCATION, question=_("Does your partner have a diploma or degree to state, finished or not?")
)
PARTNER_TESTS = replace(
    TESTS, question=_("Has your partner taken a language test that is accepted for Express Entry?")
)
PARTNER_JOBS = replace(
    JOBS,
    question=_("Has your partner had a job in the last ten years?"),
    hint=_("Only work in Canada can earn points for a partner. Each job has a page of its own."),
)

ABOUT = _("About you")
STUDY = _("Study and languages")
WORK = _("Work")
DETAILS = _("Application details")
PARTNER = _("Your spouse or partner")
PARTNER_HELP = (_("Education, language and Canadian work of a partner who comes along can earn points."),)

SECTIONS: tuple[Section, ...] = (
    Section(
        "personal",
        _("Personal details"),
        ABOUT,
        (_("The birth date decides the points for age. Names decide nothing; you sign with them."),),
        (Question(IdentityForm, ("identity",)), Question(BirthDateForm, ("birth_date",))),
    ),
    Section(
        "family",
        _("Marital status and family"),
        ABOUT,
        (
            _("If you are married or live in a common-law union, questions about your partner follow."),
            _("Children are counted here, not described. That is asked only after an invitation."),
        ),
        (Question(MaritalStatusForm, ("marital_status",)), Question(FamilySizeForm, ("family_size",))),
    ),
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
        _("Province and settlement funds"),
        DETAILS,
        (_("Funds are not needed by those who work in Canada and have a job offer that counts."),),
        (Question(ProvinceForm, ("intended_province",)), Question(FundsForm, ("settlement_funds_cad",))),
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
        entries=NOMINATION,
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
        "partner-study",
        _("Your partner’s education history"),
        PARTNER,
        PARTNER_HELP,
        (Question(StudiedTwoYearsForm, ("studied_two_years_in_canada",)),),
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
        (Question(FirstLanguageForm, ("first_official_language",)),),
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
