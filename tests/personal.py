"""What the people of the tests tell of themselves beside the facts. Every number and address is invented."""

from datetime import date, timedelta
from typing import Any

Answers = dict[str, Any]


def identity(names: tuple[str, str], on: date, *, country: str, city: str, passport: str) -> Answers:
    """Return who somebody of these given and family names is: a citizen of the country where they live."""
    return {
        "family_name": names[1],
        "given_names": names[0],
        "other_names": "",
        "sex": "female",
        "birth_city": city,
        "birth_country": country,
        "citizenships": [country],
        "passport": {
            "number": passport,
            "country": country,
            "issued_on": (on - timedelta(days=900)).isoformat(),
            "expires_on": (on + timedelta(days=2700)).isoformat(),
        },
        "residence": {"country": country, "status": "citizen"},
        "applied_before": False,
        "uci": "",
    }


def contact(username: str, language: str, country: str, city: str) -> Answers:
    """Return how somebody is reached, at an address outside Canada where they also live."""
    return {
        "language": language,
        "email": f"{username}@example.org",
        "telephones": [
            {"kind": "mobile", "country_code": "234", "number": "8035550147", "extension": ""},
        ],
        "mailing": {
            "po_box": "",
            "unit": "4",
            "street_number": "17",
            "street": "Invented Road",
            "city": city,
            "district": "",
            "province": "",
            "postal_code": "101233",
            "country": country,
        },
        "residential": None,
    }


def partner(given_names: str, family_name: str, country: str) -> Answers:
    """Return the details of a spouse or partner."""
    return {
        "family_name": family_name,
        "given_names": given_names,
        "sex": "female",
        "birth_date": "1994-11-03",
        "birth_country": country,
        "citizenships": [country],
    }


NOBODY = {"kind": "none"}
"""Nobody acts for them."""
