"""The world of the table, made once for all of its rows."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.access.world import World, make_world
from tests.conftest import INSTANT


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The actors and their things; every test sees them as they were made, and leaves them so."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patched, transaction.atomic():
        patched.setattr("lifecycle.clock.real_now", lambda: INSTANT)
        yield make_world()
        transaction.set_rollback(True)
