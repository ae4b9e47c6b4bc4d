"""The forms of entries as somebody fills them in, without a page around them."""

from datetime import date
from typing import Any

from profiles.forms.details import DetailedForm
from profiles.forms.languages import LanguageTestEntryForm
from profiles.forms.relatives import RelativeEntryForm
from profiles.forms.study import EducationEntryForm
from profiles.forms.work import CertificateEntryForm, JobEntryForm, JobOfferEntryForm
from tests.profiles.typed import sent_by

ON = date(2026, 9, 24)
BORN = date(1994, 5, 17)

CREDENTIAL = {
    "level": "masters",
    "country": "NG",
    "start_date": "2014-09-01",
    "completion_date": "2016-05-31",
    "eca": {"organization": "WES", "issued_on": "2024-01-15", "equivalency": "masters"},
    "canadian_study": None,
    "details": {
        "field_of_study": "Software engineering",
        "attendance": "full_time",
        "academic_years": 2,
        "standing": "completed",
        "institution": "University of Lagos",
        "city": "Lagos",
        "province": "Lagos State",
        "eca_number": "1234567IMM",
    },
}
TEST = {
    "test": "ielts_general",
    "date_taken": "2025-09-22",
    "scores": {"listening": 8, "reading": 6.5, "writing": 6.5, "speaking": 7},
    "details": {"number": "25NG001234OKOA123G"},
}
JOB = {
    "noc": "21232",
    "country": "CA",
    "start_date": "2019-01-07",
    "end_date": None,
    "hours_per_week": 37.5,
    "paid": True,
    "self_employed": False,
    "full_time_student": False,
    "authorized": True,
    "details": {
        "title": "Senior developer",
        "employer": "Lagoon Software",
        "city": "Ottawa",
        "province": "Ontario",
        "status": "open_permit",
    },
}
RELATIVE = {
    "of": "applicant",
    "relationship": "sibling",
    "status": "citizen",
    "birth_date": "1990-02-03",
    "details": {"name": "Chidi Okafor", "city": "Halifax", "province": "NS"},
}
CERTIFICATE = {
    "noc": "72200",
    "issuer": "AB",
    "issued_on": "2024-06-03",
    "details": {"number": "AB-204518", "expires_on": "2029-06-02"},
}
OFFER = {
    "noc": "72200",
    "hours_per_week": 40,
    "duration_months": None,
    "lmia": True,
    "work_permit": None,
    "employer_since": None,
    "details": {
        "title": "Electrician",
        "employer": "Prairie Power",
        "street": "120 Main Street",
        "city": "Calgary",
        "province": "AB",
        "starts_on": "2026-12-01",
        "lmia_number": "8123456",
    },
}
ENTRIES: list[tuple[type[DetailedForm], dict[str, Any]]] = [
    (EducationEntryForm, CREDENTIAL),
    (LanguageTestEntryForm, TEST),
    (JobEntryForm, JOB),
    (RelativeEntryForm, RELATIVE),
    (CertificateEntryForm, CERTIFICATE),
    (JobOfferEntryForm, OFFER),
]


def filled(form: type[DetailedForm], entry: dict[str, Any], **differences: Any) -> dict[str, Any]:
    """Return what a browser sends for an entry, with some fields changed."""
    shown = form.showing(entry, today=ON, born=BORN)
    sent = {name: value for bound in shown for name, value in sent_by(bound).items()}
    return {name: value for name, value in (sent | differences).items() if value is not None}


def judged(form: type[DetailedForm], entry: dict[str, Any], **differences: Any) -> DetailedForm:
    """Return the form as it is after this was sent."""
    bound = form(filled(form, entry, **differences), today=ON, born=BORN)
    bound.is_valid()
    return bound


def boxes(form: DetailedForm) -> list[str]:
    """Return the keys of the boxes 'Yes, this is right'."""
    return [str(box.data["value"]) for box in form["sure"].subwidgets]


def moved(field: str, day: str) -> dict[str, str]:
    """Return the three inputs of a date field."""
    year, month, number = day.split("-")
    return {f"{field}_year": year, f"{field}_month": month, f"{field}_day": number}
