"""Which profiles are of one person: told by the passport, without keeping its number in the clear."""

from datetime import datetime

from django.db import connection
from django.utils.crypto import salted_hmac

from lifecycle.tables import ProfileState
from profiles.errors import AnotherLiveProfile
from profiles.facts import Answers
from profiles.forms.passport import bare_number
from profiles.models import Profile
from profiles.places import at as told_at

PURPOSE = "profiles.person"


def person_key(answers: Answers) -> str:
    """Return 64 hexadecimal digits that stand for a passport's country and number, '' where no passport is told.

    The same passport gives the same key however its number was typed; the key tells nothing without the server's
    secret key.
    """
    passport = told_at(answers, "identity.passport") or {}
    number, country = bare_number(passport.get("number") or ""), passport.get("country") or ""
    if not number or not country:
        return ""
    return salted_hmac(PURPOSE, f"{country}|{number}", algorithm="sha256").hexdigest()


def claim_person(answers: Answers, *, account_id: int, at: datetime) -> str:
    """Return the key of the person of these answers, held for this account until the transaction ends.

    Two accounts with one passport come one after the other, so that the second sees what the first has sent.
    Raises ``AnotherLiveProfile`` while a profile of another account is live with the same passport.
    """
    key = person_key(answers)
    if key:
        _wait_for(key)
        others = Profile.objects.live().filter(person=key).exclude(account_id=account_id)
        for profile in others.select_related("entry"):
            if profile.entry.state_at(at) != ProfileState.EXPIRED:
                raise AnotherLiveProfile
    return key


def _wait_for(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{PURPOSE}|{key}"])
