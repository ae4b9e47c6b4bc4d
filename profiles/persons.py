"""Which profiles are of one person: told by the passport, without keeping its number in the clear."""

from django.utils.crypto import salted_hmac

from profiles.facts import Answers
from profiles.forms.passport import bare_number
from profiles.places import at

PURPOSE = "profiles.person"


def person_key(answers: Answers) -> str:
    """Return 64 hexadecimal digits that stand for a passport's country and number, '' where no passport is told.

    The same passport gives the same key however its number was typed; the key tells nothing without the server's
    secret key.
    """
    passport = at(answers, "identity.passport") or {}
    number, country = bare_number(passport.get("number") or ""), passport.get("country") or ""
    if not number or not country:
        return ""
    return salted_hmac(PURPOSE, f"{country}|{number}", algorithm="sha256").hexdigest()
