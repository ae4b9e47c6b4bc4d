"""The latest rounds as a web feed (Atom, RFC 4287) in one language.

An entry keeps its id for ever: it is made of who held the round, its number, its instant and the language, and of no
address, so that a move of the portal to another host makes nothing new. Instants are the portal's clock's.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from uuid import UUID, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draws.feed.ircc import figure, instant_words, notice
from draws.feed.public_rounds import PublicRound

NAMESPACE = UUID("0b0f8e5c-43a5-4a4e-9a0c-1f6f5f0c9a77")
ENTRIES = 50


def document(rounds: Iterable[PublicRound], language: str) -> bytes:
    """Return the feed of the first ``ENTRIES`` of the rounds given, which are the latest first."""
    with translation.override(language):
        feed = Atom1Feed(
            title=_("Express Entry simulator: rounds of invitations"),
            link=settings.EEPORTAL_BASE_URL + reverse("draws:rounds"),
            description="",
            subtitle=notice(),
            language=language,
            author_name=_("Express Entry simulator"),
            feed_url=settings.EEPORTAL_BASE_URL + reverse(f"feed:atom_{language}"),
            feed_guid=_urn("rounds", language),
        )
        for held in islice(rounds, ENTRIES):
            _add(feed, held, language)
        return feed.writeString("utf-8").encode()


def _add(feed: Atom1Feed, held: PublicRound, language: str) -> None:
    feed.add_item(
        title=_("Round %(number)s: %(name)s") % {"number": held.number, "name": held.name(language)},
        link=held.url(language),
        description=escape(summary(held, language)),
        unique_id=_urn(held.origin, held.number, _stamp(held.ran_at), language),
        pubdate=held.ran_at,
        updateddate=held.corrected_at or held.ran_at,
    )


def summary(held: PublicRound, language: str) -> str:
    """Return what came of a round, in the language in force: who held it and when, how many, down to which score."""
    sentences = [_holder(held, language), _outcome(held, language), _correction(held, language)]
    return " ".join(filter(None, sentences))


def _holder(held: PublicRound, language: str) -> str:
    words = {"at": instant_words(held.ran_at, language)}
    if held.simulated:
        return _("Held in this simulator on %(at)s.") % words
    return _("Published by IRCC, held on %(at)s.") % words


def _outcome(held: PublicRound, language: str) -> str:
    if held.cutoff is None:
        return _("Nobody was eligible.")
    words = {"invitations": figure(held.invitations, language), "cutoff": held.cutoff}
    return (
        ngettext(
            "%(invitations)s invitation was issued; the lowest score invited was %(cutoff)s.",
            "%(invitations)s invitations were issued; the lowest score invited was %(cutoff)s.",
            held.invitations,
        )
        % words
    )


def _correction(held: PublicRound, language: str) -> str:
    if not held.withdrawn:
        return ""
    words = {"withdrawn": figure(held.withdrawn, language)}
    return (
        ngettext(
            "The round was corrected: %(withdrawn)s invitation was withdrawn.",
            "The round was corrected: %(withdrawn)s invitations were withdrawn.",
            held.withdrawn,
        )
        % words
    )


def _urn(*parts: str) -> str:
    return uuid5(NAMESPACE, "/".join(parts)).urn


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
