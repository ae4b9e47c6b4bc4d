"""What a round costs in statements, and what its packed preview keeps: neither depends on its size."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from draws import services
from draws.running.previewing import pack, unpack
from tests.factories import AT
from tests.races.pools import make_pool, queued_round

ids = st.sets(st.integers(1, 10**9), max_size=50)


def statements(size: int, number: int) -> int:
    queued = queued_round(size, number)
    with CaptureQueriesContext(connection) as queries:
        services.run(round_id=queued.pk, at=AT)
    return len(queries)


@pytest.mark.django_db
def test_a_round_of_five_hundred_takes_as_many_statements_as_one_of_five() -> None:
    make_pool(1000)
    assert statements(5, 1) == statements(500, 2)


@given(profiles=ids, cutoff=st.none() | st.integers(0, 1200))
def test_whatever_was_on_a_list_is_read_from_its_packed_form(profiles: set[int], cutoff: int | None) -> None:
    assert unpack(pack("digest", profiles, cutoff)) == ("digest", sorted(profiles), cutoff)
