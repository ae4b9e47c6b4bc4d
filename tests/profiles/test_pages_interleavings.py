"""A hundred ways in which two tabs save the pages of one draft: nothing is overwritten unseen, nothing typed is lost.

Bar 7, beside test_pages_two_windows.py. What happens without the guard is in test_pages_twins.py; two tabs that save at
the very same moment are in tests/races/test_two_tabs_at_once.py. Each seed is one interleaving, and what must happen is
foretold by a model that knows only what each tab has seen.
"""

from random import Random
from typing import Any

import pytest
from django.test import Client

from profiles.models import Draft
from tests import factories
from tests.personas import AMARA
from tests.profiles.reading import filled_in, words_of

pytestmark = pytest.mark.django_db
DRAFT = "/en/account/draft/"
TOLD = "This part of your profile was changed in another window"
FIELDS = {"plans/": "settlement_funds_cad", "family/": "family_size", "work/1/": "hours_per_week"}
TYPED = {
    "settlement_funds_cad": range(13_000, 99_000),
    "family_size": range(1, 9),
    "hours_per_week": range(15, 60),
}
STEPS = 8


class Tab:
    """A tab: what each of its pages shows, and the value that it saw saved when it did."""

    def __init__(self) -> None:
        self.shown: dict[str, dict[str, Any]] = {}
        self.saw: dict[str, str] = {}


class Desk:
    """One session with two tabs, and what the server must hold of each page: saved, and typed but not saved."""

    def __init__(self, client: Client, seed: int) -> None:
        self.client, self.chance = client, Random(seed)
        self.tabs = (Tab(), Tab())
        Draft.objects.update(unfinished={})
        self.saved = {page: self.held(page) for page in FIELDS}
        self.typed: dict[str, str] = {}

    def held(self, page: str) -> str:
        answers = Draft.objects.get().answers
        part = answers["work"][0] if page == "work/1/" else answers
        return str(part[FIELDS[page]])

    def open(self, tab: Tab, page: str) -> None:
        """A page shows what was typed there last and could not be saved, else what is saved."""
        self.see(tab, page, filled_in(self.client.get(DRAFT + page)))
        assert tab.shown[page][FIELDS[page]] == self.typed.get(page, self.saved[page])

    def see(self, tab: Tab, page: str, fields: dict[str, Any]) -> None:
        tab.shown[page], tab.saw[page] = fields, self.saved[page]

    def save(self, tab: Tab, page: str) -> bool:
        """Type a value and save; return whether it was told that the other tab came first."""
        mine = str(self.chance.choice(TYPED[FIELDS[page]]))
        answer = self.client.post(DRAFT + page, tab.shown[page] | {FIELDS[page]: mine})
        if mine != self.saved[page] and tab.saw[page] != self.saved[page]:
            self.assert_told(answer, page, mine)
            self.typed[page] = mine
            self.see(tab, page, filled_in(answer))
            return True
        assert answer.status_code == 302, words_of(answer)
        self.saved[page] = mine
        self.typed.pop(page, None)
        tab.shown.pop(page)
        return False

    def assert_told(self, answer: Any, page: str, mine: str) -> None:
        """Both values are there: the other one in words, one's own where it was typed."""
        words = words_of(answer).replace(",", "")
        assert TOLD in words
        assert self.saved[page] in words
        assert filled_in(answer)[FIELDS[page]] == mine

    def step(self) -> bool:
        tab, page = self.chance.choice(self.tabs), self.chance.choice(list(FIELDS))
        if page not in tab.shown or self.chance.random() < 0.2:
            self.open(tab, page)
            return False
        told = self.save(tab, page)
        assert {place: self.held(place) for place in FIELDS} == self.saved
        return told


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    factories.draft(AMARA)
    return client


def interleaved(client: Client, seed: int) -> int:
    """Do one interleaving; return how often a tab was told."""
    desk = Desk(client, seed)
    for tab in desk.tabs:
        desk.open(tab, desk.chance.choice(list(FIELDS)))
    return sum(desk.step() for _step in range(STEPS))


def test_some_interleavings_of_two_tabs_overwrite_nothing_unseen(amara: Client) -> None:
    assert sum(interleaved(amara, seed) for seed in range(3)) >= 1


@pytest.mark.slow
def test_a_hundred_interleavings_of_two_tabs_overwrite_nothing_unseen(amara: Client) -> None:
    """Under a minute on two cores. Many of them meet, else they would show nothing."""
    assert sum(interleaved(amara, 1000 + seed) for seed in range(100)) >= 20
