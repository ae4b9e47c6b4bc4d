"""Saving the pages of a draft: whole, or as far as they were typed. Two windows never overwrite each other unseen."""

from datetime import datetime
from typing import Any

from django.db import transaction

from lifecycle.tables import DraftState
from profiles.asking import Section
from profiles.errors import DraftChangedElsewhere, DraftLapsed, TooManyEntries
from profiles.facts import Answers
from profiles.listings import MOST_ENTRIES
from profiles.models import Draft
from profiles.pages import Page, digest
from profiles.places import at, has
from profiles.services import save_answers

Kept = dict[str, Any]


@transaction.atomic
def save_page(*, draft: Draft, page: Page, seen: str, at: datetime) -> Draft:
    """Save a valid page into the answers as they are now, and forget what was typed of it before.

    ``seen`` is the page's fingerprint when the page was shown. Saving the same twice is once. Raises
    ``DraftChangedElsewhere`` when what the page would replace has changed since, ``DraftLapsed``,
    ``TooManyEntries``.
    """
    current = Draft.objects.select_for_update().get(pk=draft.pk)
    section = page.section
    if page.index is None:
        told = _questions(page, current.answers, seen)
    else:
        told = _entry(page, section.part(current.answers), seen)
    saved = save_answers(draft=current, changes=section.merged(current.answers, told), at=at)
    return _keep(saved, {place: typed for place, typed in saved.unfinished.items() if place != page.place})


@transaction.atomic
def keep_typed(*, draft: Draft, place: str, typed: Kept, at: datetime) -> Draft:
    """Keep what was typed on a page although it cannot be saved yet. Raises ``DraftLapsed``."""
    current = Draft.objects.select_for_update().get(pk=draft.pk)
    _refuse_unless_open(current, at)
    return _keep(current, {**current.unfinished, place: typed})


@transaction.atomic
def forget_typed(*, draft: Draft, place: str, at: datetime) -> Draft:
    """Throw away what was typed on a page, so that the saved answers show again. Raises ``DraftLapsed``."""
    current = Draft.objects.select_for_update().get(pk=draft.pk)
    _refuse_unless_open(current, at)
    return _keep(current, {key: typed for key, typed in current.unfinished.items() if key != place})


@transaction.atomic
def remove_entry(*, draft: Draft, section: Section, index: int, seen: str, at: datetime) -> Draft:
    """Take one entry out of what a section lists. Raises ``DraftChangedElsewhere`` when it is not the one seen."""
    current = Draft.objects.select_for_update().get(pk=draft.pk)
    entries = section.listing
    held = entries.of(section.part(current.answers))
    found = _position(held, index, seen)
    if found is None:
        raise DraftChangedElsewhere
    told = entries.changed(held[:found] + held[found + 1 :])
    saved = save_answers(draft=current, changes=section.merged(current.answers, told), at=at)
    return _keep(saved, _renumbered(saved.unfinished, section.slug, found + 1))


def _questions(page: Page, answers: Answers, seen: str) -> Answers:
    told = page.told()
    part = page.section.part(answers)
    now = {place: at(part, place) for place in page.asked_places() if has(part, place)}
    if {place: at(part, place) for place in told} != told and seen != digest(now):
        raise DraftChangedElsewhere
    return told


def _entry(page: Page, part: Answers, seen: str) -> Answers:
    entries = page.section.listing
    held = entries.of(part)
    told = page.forms[0].answer()
    if not page.index:
        return entries.changed(_added(held, told, single=entries.single, grown=seen != digest(held)))
    found = _position(held, page.index, seen)
    if found is None and told in held:
        return entries.changed(held)
    if found is None:
        raise DraftChangedElsewhere
    return entries.changed([*held[:found], told, *held[found + 1 :]])


def _added(held: list[Answers], told: Answers, *, single: bool, grown: bool) -> list[Answers]:
    """Return the entries with a new one. A list that has grown by the same one was saved by a double click."""
    if grown and told in held:
        return held
    if single and held:
        raise DraftChangedElsewhere
    if len(held) >= MOST_ENTRIES:
        raise TooManyEntries
    return [*held, told]


def _position(held: list[Answers], index: int, seen: str) -> int | None:
    """Return where the entry stands that the page showed: at its old place, or moved by another window."""
    places = [index - 1, *range(len(held))]
    return next((at for at in places if 0 <= at < len(held) and digest(held[at]) == seen), None)


def _renumbered(unfinished: Kept, slug: str, removed: int) -> Kept:
    """Return what is kept of unfinished pages after an entry has gone: the later ones move up."""
    kept: Kept = {}
    for place, typed in unfinished.items():
        owner, _slash, number = place.partition("/")
        if owner == slug and number.isdecimal() and int(number) >= removed:
            if int(number) > removed:
                kept[f"{slug}/{int(number) - 1}"] = typed
        else:
            kept[place] = typed
    return kept


def _refuse_unless_open(draft: Draft, at: datetime) -> None:
    if draft.state_at(at) != DraftState.OPEN:
        raise DraftLapsed


def _keep(draft: Draft, unfinished: Kept) -> Draft:
    if draft.unfinished != unfinished:
        draft.unfinished = unfinished
        draft.save(update_fields=["unfinished"])
    return draft
