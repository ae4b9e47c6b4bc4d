"""What the tests of the questionnaire's pages share."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from eligibility.holding import cookie_for
from eligibility.models import Questionnaire
from tests.factories import questionnaire
from tests.personas import Persona


@pytest.fixture
def visitor(client: Client) -> Callable[..., Client]:
    """Return a browser that holds a questionnaire: one given, or a persona's with some facts changed."""

    def holding(what: Questionnaire | Persona, **differences: Any) -> Client:
        found = questionnaire(what, **differences) if isinstance(what, Persona) else what
        client.cookies[settings.QUESTIONNAIRE_COOKIE_NAME] = cookie_for(found)
        return client

    return holding
