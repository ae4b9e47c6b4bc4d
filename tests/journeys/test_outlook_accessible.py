"""The pages of what changes when: nothing that axe finds, no scrolling sideways on a phone."""

from typing import Any

import pytest

from tests import factories
from tests.journeys.looking import Look
from tests.personas import AMARA, BEN, EMEKA

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """With script, which axe needs."""
    return {**browser_context_args, "java_script_enabled": True}


def test_what_changes_when_for_who_is_in_the_pool_invited_or_in_no_program(look: Look) -> None:
    people = [factories.profile(BEN), factories.profile(EMEKA), factories.invitation(AMARA).profile]
    for profile in people:
        look(profile.account, [f"account/profiles/{profile.number}/changes/"])


def test_what_changes_when_for_a_draft(look: Look) -> None:
    draft = factories.draft(BEN)
    look(draft.account, ["account/draft/changes/"])


def test_what_changes_when_for_an_empty_draft(look: Look) -> None:
    draft = factories.empty_draft(AMARA)
    look(draft.account, ["account/draft/changes/"])
