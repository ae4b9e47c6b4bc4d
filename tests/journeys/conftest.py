from typing import Any

import pytest


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Without script: every page must work so."""
    return {**browser_context_args, "java_script_enabled": False}
