"""The e-mail that leads to a forgotten username, without saying it."""

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _now
from django.utils.translation import ngettext

from accounts.models import Recovery

SALT = "accounts.recovering.recovery_mail"


def token_of(asked: Recovery) -> str:
    """Return the signed word that stands for a way back in its link. It names nobody."""
    return signing.TimestampSigner(salt=SALT).sign(str(asked.pk))


def behind(token: str, *, seconds: int) -> Recovery | None:
    """Return the way back that a link stands for; ``None`` when it is forged, too old, or gone."""
    try:
        key = signing.TimestampSigner(salt=SALT).unsign(token, max_age=seconds)
    except signing.BadSignature:
        return None
    return Recovery.objects.filter(pk=int(key)).select_related("account").first()


def usernames(asked: list[Recovery]) -> EmailMessage:
    """Return the e-mail to the one address of some accounts: how many there are, and a link to each username."""
    first = asked[0]
    with translation.override(first.account.language):
        links = [
            settings.EEPORTAL_BASE_URL + reverse("accounts:username_shown", args=[token_of(one)])
            for one in asked
        ]
        opening = ngettext(
            "Somebody asked for the username that belongs to this e-mail address. There is {count} account.",
            "Somebody asked for the usernames that belong to this e-mail address. There are {count} accounts.",
            len(asked),
        ).format(count=len(asked))
        closing = _now(
            "Each link works once, for an hour, and asks for an answer that only you know.\n\n"
            "If you did not ask for it, do nothing. Without your answer nobody learns the username.\n\n"
            "This is a simulation for learning. It is not a website of the Government of Canada, and nothing you do "
            "here reaches any government.\n"
        )
        subject = _now("Your username (simulation)")
    return EmailMessage(
        subject=subject,
        body="\n\n".join([opening, *links, closing]),
        to=[first.account.email],
        headers={"Message-ID": f"<way-back-{first.pk}@{settings.EEPORTAL_MAIL_DOMAIN}>"},
    )
