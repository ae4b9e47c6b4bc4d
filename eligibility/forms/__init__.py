"""One form a kind of fact, for the questionnaire and the profile alike: see ``AnswerForm``."""

from eligibility.forms.base import AnswerForm, YesOrNoForm
from eligibility.forms.education import AssessmentForm, CanadianStudyForm, CredentialForm, EducationForm
from eligibility.forms.family import RelativeForm
from eligibility.forms.languages import LanguageTestForm, ScoresForm, TestForm
from eligibility.forms.person import (
    BirthDateForm,
    FamilySizeForm,
    FirstLanguageForm,
    FundsForm,
    MaritalStatusForm,
    PersonalForm,
    PrimaryOccupationForm,
    ProvinceForm,
    SpouseForm,
    StudiedTwoYearsForm,
)
from eligibility.forms.work import (
    CertificateDetailsForm,
    CertificateForm,
    JobDetailsForm,
    JobForm,
    JobOfferForm,
    NominationForm,
    OccupationForm,
    OfferDetailsForm,
)

__all__ = [
    "AnswerForm",
    "AssessmentForm",
    "BirthDateForm",
    "CanadianStudyForm",
    "CertificateDetailsForm",
    "CertificateForm",
    "CredentialForm",
    "EducationForm",
    "FamilySizeForm",
    "FirstLanguageForm",
    "FundsForm",
    "JobDetailsForm",
    "JobForm",
    "JobOfferForm",
    "LanguageTestForm",
    "MaritalStatusForm",
    "NominationForm",
    "OccupationForm",
    "OfferDetailsForm",
    "PersonalForm",
    "PrimaryOccupationForm",
    "ProvinceForm",
    "RelativeForm",
    "ScoresForm",
    "SpouseForm",
    "StudiedTwoYearsForm",
    "TestForm",
    "YesOrNoForm",
]
