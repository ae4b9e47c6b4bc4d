"""The full text of a round's instruction in the language in force, in the manner of the published ones.

It is a simulation and says so: no Minister gave it. Structure after the Ministerial Instructions respecting invitations
to apply under the Express Entry system, such as #205 of 15 September 2021.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draws.models import InvitedAs, Round, RoundType
from draws.public.register import category_name
from draws.public.results import programs_of
from draws.running.instructing import is_confirmed
from eligibility.date_parts import in_words
from eligibility.wording.names import number
from rules.authority import provisions
from rules.selection import INVITED_AS_ORDER
from rules.selection import RoundType as SelectionType


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what it means in the instruction."""

    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered section: its sentences, then what they define or list."""

    heading: str
    sentences: list[str]
    definitions: list[Definition]
    listed: list[str]


@dataclass(frozen=True, slots=True)
class Text:
    """An instruction as it is read: title, by what authority, its sections, and who gave it."""

    title: str
    authority: list[str]
    sections: list[Section]
    given_by: list[str]


def text(held: Round) -> Text:
    """Return the full text of the instruction of a round that ran. Raises ``ValueError`` before it ran."""
    if held.ran_at is None:
        raise ValueError(f"round {held.number} has not run")
    sections = [
        Section(_("Interpretation"), [_("These words have a fixed meaning here.")], _definitions(held), []),
        Section(_heading_of_class(held), [*_of_class(held)], [], _classes(held)),
        Section(_("Number of invitations"), [_number(held)], [], []),
        Section(_("Rank required"), [_rank(held, held.ran_at)], [], []),
        Section(_("Tie-breaking rule"), [*_tie(held)], [], []),
    ]
    return Text(
        title=_("Instruction respecting invitations to apply, round %(number)s, %(day)s")
        % {"number": held.number, **_instant(held.ran_at)},
        authority=_authority(held),
        sections=sections,
        given_by=_given_by(held, held.ran_at),
    )


def _authority(held: Round) -> list[str]:
    modelled = _(
        "This instruction is modelled on those that are given under paragraphs %(provisions)s of the Immigration and "
        "Refugee Protection Act, on who may be invited to apply for permanent residence."
    )
    given_under = held.authority or ", ".join(provisions(cast("SelectionType", held.round_type)))
    return [
        modelled % {"provisions": given_under},
        _("It belongs to a simulation. No Minister gave it, and it has no legal effect."),
    ]


def _given_by(held: Round, ran_at: datetime) -> list[str]:
    given = _("Given by the simulator’s officers, %(day)s.") % _instant(ran_at)
    if held.planned_by_id is None:
        return [given]
    if is_confirmed(held) or (held.queued_by_id or held.planned_by_id) != held.planned_by_id:
        return [given, _("One officer planned this round, and another confirmed or started it.")]
    return [given, _("One officer planned this round and let it run.")]


def _definitions(held: Round) -> list[Definition]:
    return [
        Definition(
            _("eligible foreign national"),
            _("Somebody whose profile was in this simulator’s pool at the instant of the round."),
        ),
        Definition(
            _("invitation"), _("An invitation to apply for permanent residence, as this simulator issues it.")
        ),
        Definition(
            _("score"), _("The points under the Comprehensive Ranking System on the day of the round.")
        ),
        _ranking(held),
    ]


def _ranking(held: Round) -> Definition:
    if held.round_type == RoundType.GENERAL:
        order = _(
            "The order of all eligible foreign nationals by their score, the highest first, whatever the class in "
            "which they can be invited."
        )
        return Definition(_("general ranking"), order)
    if held.round_type == RoundType.CATEGORY:
        order = _(
            "The order by score, the highest first, of those eligible foreign nationals only who are in the category."
        )
    else:
        order = _(
            "The order by score, the highest first, of those eligible foreign nationals only who can be invited in a "
            "class that is named below."
        )
    return Definition(_("specific ranking"), order)


def _heading_of_class(held: Round) -> str:
    return _("Category and classes") if held.round_type == RoundType.CATEGORY else _("Classes")


def _of_class(held: Round) -> Iterator[str]:
    if held.round_type == RoundType.CATEGORY:
        yield _(
            "Those may be invited who are in the category “%(category)s”, as it stood in the list in force on %(day)s."
        ) % {"category": category_name(held.category, held.category_version), **_instant(held.ran_at)}
    yield _(
        "An invitation is issued in the first of these classes for which the person invited is eligible. Nobody "
        "chooses the class, and after a declined invitation the order is the same."
    )


def _classes(held: Round) -> list[str]:
    """Return the classes in which the round can have issued invitations, in the order in which they are tried."""
    if held.round_type == RoundType.PROGRAM:
        possible = programs_of(held)
    elif held.round_type == RoundType.NOMINATION:
        possible = ["PNP"]
    else:
        possible = list(INVITED_AS_ORDER)
    return [str(InvitedAs(code).label) for code in INVITED_AS_ORDER if code in possible]


def _number(held: Round) -> str:
    told: dict[str, Any] = {"count": number(held.size)}
    if held.period is None:
        return (
            ngettext(
                "At the instant of the round, %(count)s invitation may be issued.",
                "At the instant of the round, %(count)s invitations may be issued.",
                held.size,
            )
            % told
        )
    told |= {"first": in_words(held.period[0]), "last": in_words(held.period[1])}
    return (
        ngettext(
            "In the period that begins on %(first)s and ends on %(last)s, %(count)s invitation may be issued.",
            "In the period that begins on %(first)s and ends on %(last)s, %(count)s invitations may be issued.",
            held.size,
        )
        % told
    )


def _rank(held: Round, ran_at: datetime) -> str:
    told = _instant(ran_at)
    if held.rank_required is None:
        return (
            _(
                "On %(day)s at %(time)s UTC nobody was eligible, so no rank was required and no invitation was issued."
            )
            % told
        )
    told["rank"] = number(held.rank_required)
    if held.round_type == RoundType.GENERAL:
        return (
            _(
                "To be invited, one must have had the rank of %(rank)s or above in the general ranking on %(day)s at "
                "%(time)s UTC."
            )
            % told
        )
    return (
        _(
            "To be invited, one must have had the rank of %(rank)s or above in the specific ranking on %(day)s at "
            "%(time)s UTC."
        )
        % told
    )


def _tie(held: Round) -> Iterator[str]:
    if held.tie_break_at is None or held.cutoff is None:
        yield _("Nobody was invited, so there is none.")
        return
    yield _(
        "Of those with the lowest score, %(score)s, those are invited who first submitted their profile on %(day)s at "
        "%(time)s UTC or before."
    ) % {"score": number(held.cutoff), **_instant(held.tie_break_at)}
    if held.left_at_instant:
        yield _("Where the instant is the same as well, the profile that was made first comes first.")


def _instant(at: datetime | None) -> dict[str, str]:
    if at is None:
        raise ValueError("the round has not run")
    utc = at.astimezone(UTC)
    return {"day": in_words(utc.date()), "time": f"{utc:%H:%M:%S}"}
