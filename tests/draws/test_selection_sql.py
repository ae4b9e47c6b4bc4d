"""The round's SQL gives exactly the list that ``rules.selection`` gives."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from draws.models import Round
from draws.running.selecting import instruction_of
from draws.services import preview
from lifecycle import moves
from profiles.models import PoolEntry, Profile
from rules.categories import CATEGORY_BITS
from rules.selection import Candidate, qualifies, select

AT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
START = datetime(2026, 5, 1, tzinfo=UTC)

# Few scores and few instants, so that whole pools tie.
candidates = st.lists(
    st.tuples(
        st.sampled_from([0, 401, 500, 500, 501, 1200]),
        st.integers(0, 3),
        st.integers(0, 15),
        st.integers(0, 7),
    ),
    max_size=12,
)
instructions = st.one_of(
    st.fixed_dictionaries({"round_type": st.sampled_from(["general", "pnp"])}),
    st.fixed_dictionaries({"round_type": st.just("program"), "programs": st.integers(1, 7)}),
    st.fixed_dictionaries(
        {"round_type": st.just("category"), "category": st.sampled_from(list(CATEGORY_BITS)[:3])}
    ),
)


def fill_pool(rows: list[tuple[int, int, int, int]]) -> list[Candidate]:
    pool = []
    for place, (score, seconds, programs, categories) in enumerate(rows):
        submitted_at = START + timedelta(microseconds=seconds)
        profile = Profile.objects.create(
            account=User.objects.create(username=f"candidate{place}"),
            number=f"E{place:09d}",
            validation_code=f"{place:08d}",
            submitted_at=submitted_at,
        )
        entry = PoolEntry(
            profile=profile,
            score=score,
            submitted_at=submitted_at,
            expires_at=profile.expires_at,
            programs=programs,
            categories=categories,
            as_of=AT.date(),
        )
        moves.begin(entry, "enter", at=AT)
        pool.append(Candidate(profile.pk, score, submitted_at, programs, categories))
    return pool


def check_both_select_the_same(
    rows: list[tuple[int, int, int, int]], instruction: dict[str, Any], size: int
) -> None:
    pool = fill_pool(rows)
    planned = Round(number=1, size=size, planned_for=AT, **instruction)
    expected = select(pool, instruction_of(planned))
    found = preview(planned=planned, at=AT)
    assert [(row.profile_id, row.rank, row.invited_as) for row in found.invited] == expected.invited
    assert (found.cutoff, found.tie_break_at) == (expected.cutoff, expected.tie_break_at)
    sharing = [row for row in pool if qualifies(row, instruction_of(planned)) and row.score == found.cutoff]
    same_instant = [row for row in sharing if row.submitted_at == found.tie_break_at]
    listed = {row.id for row in expected.invited}
    assert (found.at_cutoff, found.at_instant) == (len(sharing), len(same_instant))
    assert found.invited_at_cutoff == len(listed.intersection(row.id for row in sharing))
    assert found.invited_at_instant == len(listed.intersection(row.id for row in same_instant))


few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
thousand = settings(few, max_examples=1000)


@pytest.mark.django_db
@few
@given(rows=candidates, instruction=instructions, size=st.integers(1, 14))
def test_sql_and_reference_select_the_same_in_the_same_order(
    rows: list[tuple[int, int, int, int]], instruction: dict[str, Any], size: int, rolled_back: Any
) -> None:
    with rolled_back():
        check_both_select_the_same(rows, instruction, size)


@pytest.mark.slow
@pytest.mark.django_db
@thousand
@given(rows=candidates, instruction=instructions, size=st.integers(1, 14))
def test_sql_and_reference_select_the_same_from_a_thousand_pools(
    rows: list[tuple[int, int, int, int]], instruction: dict[str, Any], size: int, rolled_back: Any
) -> None:
    with rolled_back():
        check_both_select_the_same(rows, instruction, size)
