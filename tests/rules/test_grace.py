"""The grace of a new table of settlement funds, over the tables of the parameters."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.assessment import Assessment, assess
from rules.facts import Profile, parse
from rules.grace import grace_of, in_pool, walk_in_pool
from rules.parameters import BOOK
from rules.programs import funds_needed, limits
from tests.personas import AMARA, BEN, DIVYA, Persona

DAY = timedelta(days=1)
TABLES = [(row.first_day, row.value["profile_update_deadline"]) for row in BOOK["funds.table"].rows[1:]]
WITH_GRACE = [(first, last) for first, last in TABLES if last is not None and last >= first]
WITHOUT = [first for first, last in TABLES if last is None or last < first]
FIRST, LAST = date(2025, 7, 7), date(2025, 7, 28)


def short(first: date, *, sent: date | None = None) -> Profile:
    """Return a graduate whose funds are those of the table before ``first``, sent a month before it."""
    sent = sent or first - 30 * DAY
    candidate = parse(AMARA.document(sent))
    funds = funds_needed(candidate.family_size, limits(BOOK.on(first - DAY)))
    return replace(candidate, settlement_funds_cad=funds)


def pooled(profile: Profile, on: date) -> Assessment:
    return in_pool(profile, assess(profile, on))


def test_the_table_of_july_2025_is_one_with_grace() -> None:
    assert (FIRST, LAST) in WITH_GRACE


@pytest.mark.parametrize(("first", "last"), WITH_GRACE)
def test_funds_below_a_new_table_count_up_to_its_update_deadline_and_no_longer(
    first: date, last: date
) -> None:
    profile = short(first)
    assert [pooled(profile, day).programs["FSW"].eligible for day in (first - DAY, first, last)] == [True] * 3
    over = pooled(profile, last + DAY)
    assert over.programs["FSW"].reasons == ("funds_insufficient",)
    assert not over.program_bits & 2


@pytest.mark.parametrize("first", WITHOUT)
def test_a_table_without_a_deadline_counts_from_its_first_day(first: date) -> None:
    profile = short(first)
    before, after = pooled(profile, first - DAY), pooled(profile, first)
    needs_more = funds_needed(1, limits(BOOK.on(first))) > funds_needed(1, limits(BOOK.on(first - DAY)))
    assert before.programs["FSW"].eligible
    assert after.programs["FSW"].eligible is not needs_more


def test_the_next_change_in_grace_is_the_day_after_the_deadline_at_the_latest() -> None:
    following = pooled(short(FIRST), FIRST).next_change_on
    assert following is not None
    assert following <= LAST + DAY


def test_grace_names_the_amounts_and_the_last_day() -> None:
    profile = short(FIRST)
    grace = grace_of(profile, assess(profile, FIRST))
    assert grace is not None
    assert (grace.needed, grace.has, grace.last_day, grace.programs) == (15263, 14690, LAST, ("FSW",))


def test_what_is_sent_on_the_first_day_gets_no_grace() -> None:
    profile = short(FIRST, sent=FIRST)
    assert not pooled(profile, FIRST).programs["FSW"].eligible


def test_funds_that_were_short_of_the_table_before_get_no_grace() -> None:
    profile = replace(short(FIRST), settlement_funds_cad=14689)
    assert grace_of(profile, assess(profile, FIRST)) is None


def test_a_program_that_fails_by_more_than_funds_gets_no_grace() -> None:
    profile = replace(short(FIRST), intended_province="QC")
    assert grace_of(profile, assess(profile, FIRST)) is None


def test_who_needs_no_funds_needs_no_grace() -> None:
    nurse = parse(DIVYA.document(FIRST - 30 * DAY))
    assert "FSW" not in (getattr(grace_of(nurse, assess(nurse, FIRST)), "programs", ()))


def test_grace_keeps_both_programs_of_a_tradesperson() -> None:
    trader = parse(BEN.document(FIRST - 30 * DAY))
    short_of = replace(trader, settlement_funds_cad=funds_needed(3, limits(BOOK.on(FIRST - DAY))))
    assert pooled(short_of, LAST).program_bits & 6 == assess(short_of, FIRST - DAY).program_bits & 6 != 0


def test_the_end_of_grace_is_told_as_the_funds_deadline() -> None:
    changes = {change.on: change for change in walk_in_pool(short(FIRST), FIRST, LAST + DAY)}
    assert [cause.kind for cause in changes[LAST + DAY].causes] == ["funds_deadline"]


@settings(max_examples=15, deadline=None)
@given(
    table=st.sampled_from(WITH_GRACE),
    persona=st.sampled_from([AMARA, BEN, DIVYA]),
    ahead=st.integers(-3, 20),
    extra=st.integers(-700, 700),
)
def test_each_listed_day_is_one_of_change_and_no_other_is(
    table: tuple[date, date], persona: Persona, ahead: int, extra: int
) -> None:
    first, last = table
    candidate = parse(persona.document(first - ahead * DAY))
    needed = funds_needed(candidate.family_size, limits(BOOK.on(first)))
    profile = replace(candidate, settlement_funds_cad=needed + extra)
    start, end = max(profile.as_of, first - 3 * DAY), last + 3 * DAY
    listed = {change.on for change in walk_in_pool(profile, start, end)}
    previous, day = pooled(profile, start), start + DAY
    while day <= end:
        now = pooled(profile, day)
        same = (now.lines, now.programs, now.categories) == (
            previous.lines,
            previous.programs,
            previous.categories,
        )
        assert (day in listed) is not same
        previous, day = now, day + DAY
