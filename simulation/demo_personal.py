"""What the people behind the demo's accounts tell of themselves beside the facts. All of it is invented."""

from datetime import date, timedelta
from typing import NamedTuple

from accounts.models import User
from profiles.facts import ALL_PROVINCES, Answers


class Home(NamedTuple):
    """Where somebody is from: citizen of a country, living in its city, or with ``in_canada`` working in Winnipeg."""

    country: str
    city: str
    in_canada: bool = False


def personal(account: User, on: date, home: Home) -> Answers:
    """Return the personal part of somebody who comes from there."""
    country, city, in_canada = home
    return {
        "identity": _identity(account, on, country, city)
        | {
            "residence": {
                "country": "CA" if in_canada else country,
                "status": "worker" if in_canada else "citizen",
            }
        },
        "contact": {
            "language": account.language,
            "email": account.email,
            "telephones": [
                {"kind": "mobile", "country_code": "1", "number": "2045550147", "extension": ""},
            ],
            "mailing": _address("Winnipeg", "MB", "R3C 0A1", "CA")
            if in_canada
            else _address(city, "", "", country),
            "residential": None,
        },
        "representative": {"kind": "none"},
    }


def plans(facts: Answers, nominated_by: str | None) -> Answers:
    """Return the provinces of interest that go with somebody's facts, and the claim of a nomination."""
    province = facts.get("intended_province")
    return {
        "plans": {"provinces": [province or ALL_PROVINCES], "shared_with": ["provinces"]},
        "nomination": {"nominated": nominated_by is not None, "province": nominated_by},
    }


def _identity(account: User, on: date, country: str, city: str) -> Answers:
    return {
        "family_name": account.family_name,
        "given_names": account.given_names,
        "other_names": "",
        "sex": "another",
        "birth_city": city,
        "birth_country": country,
        "citizenships": [country],
        "passport": {
            "number": f"ZZ{account.username.upper()}",
            "country": country,
            "issued_on": (on - timedelta(days=700)).isoformat(),
            "expires_on": (on + timedelta(days=2900)).isoformat(),
        },
        "applied_before": False,
        "uci": "",
    }


def _address(city: str, province: str, postal_code: str, country: str) -> Answers:
    return {
        "po_box": "",
        "unit": "",
        "street_number": "12",
        "street": "Invented Road",
        "city": city,
        "district": "",
        "province": province,
        "postal_code": postal_code,
        "country": country,
    }
