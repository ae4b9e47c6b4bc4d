"""The questionnaire as a table: what is asked, in which order, of whom, and which answers it gives.

The order is that of the public tool (province, languages, work, certificate, money, family, offer,
nomination, age, education, adaptability), save that marital status comes before the first question about
a partner. A question asks for raw facts, and only for those that a verdict or the score's estimate reads.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from eligibility import forms
from eligibility.asking import Answers, Part, Question, Step, plain
from eligibility.fields import Text
from eligibility.forms.education import has_canadian_study, needs_assessment
from eligibility.forms.languages import scores_fit
from rules.facts import PARTNERED

SPOUSE = "spouse"
CANADA = "CA"


# Of whom a question is asked.


def partnered(answers: Answers) -> bool:
    return answers.get("marital_status") in PARTNERED


def accompanied(answers: Answers) -> bool:
    return partnered(answers) and bool((answers.get(SPOUSE) or {}).get("accompanying"))


def scored_together(answers: Answers) -> bool:
    """Say whether the partner is part of the score: comes along, and needs permanent residence."""
    return accompanied(answers) and not answers[SPOUSE].get("canadian_citizen_or_pr")


def partner_tested(answers: Answers) -> bool:
    return scored_together(answers) and bool(answers[SPOUSE].get("language_tests"))


def worked(answers: Answers) -> bool:
    return bool(answers.get("work"))


def occupations(answers: Answers) -> list[str]:
    """Return the codes of the occupations worked in, in the order of the jobs."""
    return list(dict.fromkeys(job["noc"] for job in answers.get("work", ())))


def names_an_occupation_held(answers: Answers) -> bool:
    named = answers.get("primary_occupation_noc")
    return named is None or named in occupations(answers)


# The steps of what may be told several times.


def sitting_of(_answers: Answers, part: Answers) -> Part:
    return {"test": part["test"], "taken": date.fromisoformat(part["date_taken"])}


def language_steps(which: Text, scores: Text) -> tuple[Step, ...]:
    return (
        Step(slug="test", title=which, form=forms.TestForm, keys=("test", "date_taken")),
        Step(
            slug="scores",
            title=scores,
            form=forms.ScoresForm,
            keys=("scores",),
            fits=scores_fit,
            options=sitting_of,
            layout="scores",
        ),
    )


def job_steps(what: Text, details: Text, country: str = "") -> tuple[Step, ...]:
    return (
        Step(slug="occupation", title=what, form=forms.OccupationForm, keys=("noc",), layout="occupation"),
        Step(
            slug="details",
            title=details,
            form=forms.JobDetailsForm,
            keys=("country", "start_date", "end_date", "hours_per_week"),
            options=lambda _answers, _part: {"country": country},
        ),
    )


def credential_steps(which: Text) -> tuple[Step, ...]:
    return (
        Step(
            slug="credential",
            title=which,
            form=forms.CredentialForm,
            keys=("level", "country", "completion_date"),
        ),
        Step(
            slug="assessment",
            title=_("Has it been assessed for Canada?"),
            form=forms.AssessmentForm,
            keys=("eca",),
            asked=needs_assessment,
        ),
        Step(
            slug="study",
            title=_("How was this credential earned in Canada?"),
            form=forms.CanadianStudyForm,
            keys=("canadian_study",),
            asked=has_canadian_study,
            fits=lambda part: part["canadian_study"] is not None,
        ),
    )


LANGUAGE, FAMILY, WORK, MONEY = _("Language"), _("Family"), _("Work"), _("Money")
OFFER, AGE, EDUCATION, RELATIVES = _("Offer and nomination"), _("Age"), _("Education"), _("Relatives")
PARTNER = _("Spouse or partner")

QUESTIONS: tuple[Question, ...] = (
    plain(
        "province",
        _("Destination"),
        _("Where in Canada do you plan to live?"),
        forms.ProvinceForm,
        "intended_province",
    ),
    plain(
        "first-language",
        LANGUAGE,
        _("Which is your first official language?"),
        forms.FirstLanguageForm,
        "first_official_language",
    ),
    Question(
        slug="language-tests",
        section=LANGUAGE,
        kind="list",
        key="language_tests",
        title=_("Have you taken a language test that Express Entry accepts?"),
        hint=_(
            "For English IELTS General Training, CELPIP-General or PTE Core. For French TEF Canada or TCF "
            "Canada."
        ),
        listed=_("Your language tests"),
        another=_("Add another test"),
        advice=_("Add the test of your second official language as well, if you took one."),
        steps=language_steps(_("Which test did you take, and when?"), _("What were your four scores?")),
    ),
    plain(
        "marital-status",
        FAMILY,
        _("What is your marital status?"),
        forms.MaritalStatusForm,
        "marital_status",
    ),
    plain(
        "partner",
        PARTNER,
        _("Is your spouse or partner part of this?"),
        forms.SpouseForm,
        "accompanying",
        "canadian_citizen_or_pr",
        of=SPOUSE,
        asked=partnered,
    ),
    Question(
        slug="partner-language-tests",
        section=PARTNER,
        kind="list",
        key="language_tests",
        of=SPOUSE,
        asked=scored_together,
        title=_("Has your spouse or partner taken a language test that Express Entry accepts?"),
        hint=_(
            "For English IELTS General Training, CELPIP-General or PTE Core. For French TEF Canada or TCF "
            "Canada."
        ),
        listed=_("Language tests of your spouse or partner"),
        another=_("Add another test"),
        steps=language_steps(
            _("Which test did your spouse or partner take, and when?"),
            _("What were your spouse’s or partner’s four scores?"),
        ),
    ),
    plain(
        "partner-first-language",
        PARTNER,
        _("Which is the first official language of your spouse or partner?"),
        forms.FirstLanguageForm,
        "first_official_language",
        of=SPOUSE,
        asked=partner_tested,
    ),
    Question(
        slug="work",
        section=WORK,
        kind="list",
        key="work",
        title=_("Have you worked in the last 10 years?"),
        hint=_("In Canada or elsewhere, for an employer or for yourself."),
        listed=_("Your jobs of the last 10 years"),
        another=_("Add another job"),
        advice=_(
            "Add every job of the last 10 years, in Canada and elsewhere. Older work in Canada may help too."
        ),
        steps=job_steps(_("What was the occupation?"), _("Where, when and how much did you work?")),
    ),
    plain(
        "occupation",
        WORK,
        _("Which is your primary occupation?"),
        forms.PrimaryOccupationForm,
        "primary_occupation_noc",
        asked=worked,
        fits=names_an_occupation_held,
        options=lambda answers, _part: {"occupations": occupations(answers)},
    ),
    Question(
        slug="certificate",
        section=WORK,
        kind="thing",
        key="certificate_of_qualification",
        title=_("Do you have a Canadian certificate of qualification in a trade?"),
        hint=_("For example an electrician’s, issued by a province, a territory or a federal body."),
        steps=(
            Step(
                slug="trade",
                title=_("Which trade does it certify?"),
                form=forms.OccupationForm,
                keys=("noc",),
                layout="occupation",
            ),
            Step(
                slug="details",
                title=_("Who issued the certificate, and when?"),
                form=forms.CertificateDetailsForm,
                keys=("issuer", "issued_on"),
            ),
        ),
    ),
    plain(
        "funds",
        MONEY,
        _("How much money can you bring to Canada?"),
        forms.FundsForm,
        "settlement_funds_cad",
    ),
    plain(
        "family-size", FAMILY, _("How many people are in your family?"), forms.FamilySizeForm, "family_size"
    ),
    Question(
        slug="job-offer",
        section=OFFER,
        kind="thing",
        key="job_offer",
        title=_("Do you have a written job offer from an employer in Canada?"),
        hint=_("On paper, from one employer. Say yes even if you are not sure that it counts."),
        steps=(
            Step(
                slug="occupation",
                title=_("Which occupation is offered?"),
                form=forms.OccupationForm,
                keys=("noc",),
                layout="occupation",
            ),
            Step(
                slug="details",
                title=_("What does the offer say?"),
                form=forms.OfferDetailsForm,
                keys=("hours_per_week", "duration_months", "lmia", "work_permit"),
            ),
        ),
    ),
    Question(
        slug="nomination",
        section=OFFER,
        kind="thing",
        key="provincial_nomination",
        title=_("Has a province or territory nominated you, and have you accepted?"),
        hint=_("Through an Express Entry stream of its Provincial Nominee Program."),
        steps=(
            Step(
                slug="details",
                title=_("What does the nomination certificate say?"),
                form=forms.NominationForm,
                keys=("province", "issued_on", "expires_on"),
            ),
        ),
    ),
    plain("birth-date", AGE, _("When were you born?"), forms.BirthDateForm, "birth_date"),
    Question(
        slug="education",
        section=EDUCATION,
        kind="list",
        key="education",
        title=_("Do you have a diploma, a certificate or a degree?"),
        hint=_("From secondary school onwards, from any country."),
        listed=_("Your education"),
        another=_("Add another credential"),
        advice=_("Add your highest credential, any from Canada, and a second one if you have it."),
        steps=credential_steps(_("Which credential is it?")),
    ),
    plain(
        "study-in-canada",
        EDUCATION,
        _("Have you studied full time in Canada for two academic years or more?"),
        forms.StudiedTwoYearsForm,
        "studied_two_years_in_canada",
    ),
    Question(
        slug="partner-education",
        section=PARTNER,
        kind="list",
        key="education",
        of=SPOUSE,
        asked=scored_together,
        title=_("Does your spouse or partner have a diploma, a certificate or a degree?"),
        hint=_("From secondary school onwards, from any country."),
        listed=_("Education of your spouse or partner"),
        another=_("Add another credential"),
        steps=credential_steps(_("Which credential of your spouse or partner is it?")),
    ),
    plain(
        "partner-study-in-canada",
        PARTNER,
        _("Has your spouse or partner studied full time in Canada for two academic years or more?"),
        forms.StudiedTwoYearsForm,
        "studied_two_years_in_canada",
        of=SPOUSE,
        asked=scored_together,
    ),
    Question(
        slug="partner-work",
        section=PARTNER,
        kind="list",
        key="work",
        of=SPOUSE,
        asked=scored_together,
        title=_("Has your spouse or partner worked in Canada?"),
        hint=_("Only work in Canada counts for a spouse or partner."),
        listed=_("Work of your spouse or partner in Canada"),
        another=_("Add another job"),
        steps=job_steps(
            _("What was the occupation of your spouse or partner?"),
            _("When and how much did your spouse or partner work?"),
            CANADA,
        ),
    ),
    Question(
        slug="relatives",
        section=RELATIVES,
        kind="list",
        key="relatives_in_canada",
        title=_("Does a relative live in Canada as a citizen or a permanent resident?"),
        hint=_("A relative of 18 years or older: yours, or of a spouse or partner who comes with you."),
        listed=_("Relatives in Canada"),
        another=_("Add another relative"),
        steps=(
            Step(
                slug="relative",
                title=_("Who is the relative?"),
                form=forms.RelativeForm,
                keys=("relationship", "of", "birth_date", "status"),
                options=lambda answers, part: {"partnered": accompanied(answers) or part.get("of") == SPOUSE},
            ),
        ),
    ),
)
BY_SLUG = {question.slug: question for question in QUESTIONS}
