"""The public tools: nothing that axe finds, no scrolling sideways on a phone, in both languages."""

from typing import Any
from urllib.parse import urlencode

import pytest

from tests.eligibility.test_tools_documents import FULL
from tests.eligibility.test_tools_language_and_funds import IELTS
from tests.eligibility.test_tools_score import GOOD
from tests.journeys.looking import Look

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """With script, which axe needs."""
    return {**browser_context_args, "java_script_enabled": True}


def at(tool: str, query: dict[str, Any]) -> str:
    return f"tools/{tool}/?{urlencode(query, doseq=True)}"


def test_the_list_the_funds_and_the_language_converter(look: Look) -> None:
    pages = [
        "tools/",
        at("funds", {"family_size": "3"}),
        at("funds", {"family_size": "x", "on_day": "1"}),
        at("language", {"table": "tef_canada"}),
        at("language", IELTS),
        at("language", IELTS | {"listening": "8.3"}),
    ]
    look(None, pages)


def test_the_score_calculator_and_the_checklist(look: Look) -> None:
    pages = ["tools/score/", at("score", GOOD), at("score", {"age": "x"}), at("documents", FULL)]
    look(None, [*pages, at("documents", {"children": "yes"})])
