"""What time changes, in words: every kind has them, and none is left with a hole."""

from eligibility.wording import outlooks
from rules.deadlines import anniversary
from rules.facts import parse
from rules.happenings import Cause
from rules.milestones import YEARS
from rules.outlook import KINDS, Change, outlook
from tests.rules.eventful import eventful


def told() -> list[tuple[Cause, Change]]:
    """The causes and notes of some candidates, each with its change."""
    found = []
    for document in eventful(21, 60):
        profile = parse(document)
        ends_on = anniversary(profile.as_of, 1)
        for change in outlook(profile, profile.as_of, anniversary(profile.as_of, 2), ends_on=ends_on):
            found += [(cause, change) for cause in (*change.causes, *change.notes)]
    return found


def test_every_kind_has_words_for_the_page_and_for_the_calendar() -> None:
    assert set(outlooks._HAPPENS) == set(outlooks._IN_CALENDAR) == set(KINDS)
    assert set(outlooks._PREVENTS) < set(KINDS)


def test_every_measure_of_work_has_words() -> None:
    measures = {*YEARS, "skilled_years", "program", "category", "cec_language"}
    assert set(outlooks._LOST) == measures
    assert set(outlooks._GAINED) == measures | {"applicant_work", "spouse_work"}


def test_each_sentence_is_whole() -> None:
    seen = set()
    for cause, change in told():
        sentences = [
            outlooks.happens(cause),
            *outlooks.opens(change),
            *outlooks.counts(change),
            outlooks.in_calendar(cause),
        ]
        prevented = outlooks.prevents(cause, change)
        for sentence in [*sentences, *([prevented] if prevented else [])]:
            assert sentence.strip() == sentence
            assert "%(" not in sentence
            assert "None" not in sentence
        assert all(
            sentence.endswith(".") for sentence in [*sentences[:-1], *([prevented] if prevented else [])]
        )
        seen.add(cause.kind)
    assert seen >= set(KINDS) - {"several", "test_counts"}


def test_a_day_that_changes_something_says_what() -> None:
    assert all(
        outlooks.opens(change) + outlooks.counts(change) for _cause, change in told() if change.changed
    )


def test_a_calendar_names_no_amount_no_age_and_no_test() -> None:
    for cause, _change in told():
        words = outlooks.in_calendar(cause)
        assert not any(character.isdigit() for character in words)
        assert "IELTS" not in words
