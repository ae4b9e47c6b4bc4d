"""The e-mail that tells of a published round, to whoever asked for it and confirmed."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _

from accounts.models import Subscription, due
from accounts.telling.letters import instant_in_words
from accounts.telling.post import Post
from accounts.telling.subscriptions import Purpose, address_of
from draws.models import Round
from draws.public.register import listed_ours
from lifecycle import clock
from lifecycle.jobs import recorded
from lifecycle.schedule import Job
from lifecycle.tables import RoundState

BATCH = 50
SETTLED = timedelta(seconds=10)
"""A publication is seen by others a moment after its instant: a round is told of when none can come before it."""


def announce_rounds(*, at: datetime) -> int:
    """Send one e-mail a published round to each confirmed subscription, in the order of publication; return how many.

    A subscription hears of what is published after it was confirmed. At least once: a crash between sending and
    noting sends one e-mail again with the same Message-ID. One run at a time; a second one returns 0 at once. An
    address that the mail server refuses is tried again later, a few times, and then misses that round; the others
    still get theirs.
    """
    sent = 0
    with recorded(Job.ANNOUNCE_ROUNDS, at=at) as running, Post() as post:
        while running and (batch := _due(at)):
            rounds = Round.objects.in_bulk({round_id for _subscription_id, round_id in batch})
            sent += running.add(sum(_send(post, of, rounds[round_id]) for of, round_id in batch))
    return sent


def _due(at: datetime) -> list[tuple[int, int]]:
    """Return (subscription's id, round's id) of e-mails to send, at most ``BATCH`` and one a subscription."""
    told = Round.objects.filter(number=OuterRef("last_round"), published_at__gte=OuterRef("confirmed_at"))
    later = Round.objects.filter(
        state=RoundState.PUBLISHED, published_at__gt=OuterRef("told_until"), published_at__lte=at - SETTLED
    ).order_by("published_at", "number")
    subscriptions = Subscription.objects.filter(due(clock.real_now()), confirmed_at__isnull=False).annotate(
        told_until=Coalesce(Subquery(told.values("published_at")[:1]), F("confirmed_at")),
        next_round=Subquery(later.values("pk")[:1]),
    )
    return list(subscriptions.exclude(next_round=None).values_list("pk", "next_round")[:BATCH])


def _send(post: Post, subscription_id: int, held: Round) -> bool:
    """Send one e-mail and note it, or its refusal; none to who has left meanwhile. Return whether it went out."""
    subscription = Subscription.objects.filter(pk=subscription_id).first()
    if subscription is None:
        return False
    sent = post.takes(email_about(held, subscription), of=subscription)
    noted: dict[str, object] = {"refusals": 0, "try_again_at": None, "last_round": held.number}
    if not sent:
        again = post.put_back(subscription)
        noted = {"refusals": subscription.refusals, "try_again_at": subscription.try_again_at}
        noted |= {} if again else {"last_round": held.number}
    Subscription.objects.filter(pk=subscription_id).update(**noted)
    return sent


def email_about(held: Round, subscription: Subscription) -> EmailMessage:
    """Return the e-mail that tells a subscriber of a round, in the subscriber's language, to leave by one click."""
    with translation.override(subscription.language):
        stop = address_of(subscription, Purpose.STOP)
        return EmailMessage(
            subject=_("Round {number} was published (simulation)").format(number=held.number),
            body=_body(held, stop),
            to=[subscription.email],
            headers={
                "Message-ID": f"<round-{held.number}-{subscription.pk}@{settings.EEPORTAL_MAIL_DOMAIN}>",
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )


def _body(held: Round, stop: str) -> str:
    body = _(
        "A round of invitations was published in the Express Entry simulator.\n\n"
        "{figures}\n\n"
        "All of it: {address}\n\n"
        "To get no more of these e-mails: {stop}\n\n"
        "This is a simulation for learning. It is not a website of the Government of Canada, and nothing you do "
        "here reaches any government.\n"
    )
    address = settings.EEPORTAL_BASE_URL + reverse("draws:round", args=[held.number])
    return body.format(figures="\n".join(_figures(held)), address=address, stop=stop)


def _figures(held: Round) -> list[str]:
    listed = listed_ours(held)
    lines = [
        _("Round: {number}").format(number=listed.number),
        _("Held: {at}").format(at=instant_in_words(listed.ran_at)),
        _("Kind: {kind}").format(kind=", ".join(str(name) for name in listed.names)),
        _("Invitations: {invitations}").format(
            invitations=formats.number_format(listed.invitations, use_l10n=True, force_grouping=True)
        ),
    ]
    if listed.cutoff is not None and listed.tie_break_at is not None:
        lines += [
            _("Lowest score invited: {cutoff}").format(cutoff=listed.cutoff),
            _("Tie-break: {at}").format(at=instant_in_words(listed.tie_break_at)),
        ]
    return lines
