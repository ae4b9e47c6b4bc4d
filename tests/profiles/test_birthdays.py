"""Whose result a birthday alone changes is assessed without reading what was sent, and comes out as if it had been."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts.models import Message
from profiles import ageing, assessing
from profiles.models import Assessment, KeptFactors, PoolEntry, Profile, Submission
from rules import facts
from rules.assessment import Assessment as Assessed
from rules.assessment import assess
from rules.grace import in_pool, walk_in_pool
from simulation import demo
from simulation.population.pool import Recipe
from tests import factories
from tests.factories import AT
from tests.personas import AMARA

pytestmark = pytest.mark.django_db
NIGHTS = 40


def morning(day: date) -> datetime:
    return datetime.combine(day, time(1), tzinfo=UTC)


def thirty_on(day: date) -> Profile:
    """Amara, who turns thirty on a day and so loses points."""
    return factories.profile(AMARA, birth_date=day.replace(year=day.year - 30).isoformat())


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The profiles whose facts are read from now on."""
    found: list[int] = []
    results = assessing.results

    def noting(submissions: list[Submission], on: date) -> list[Assessed]:
        found.extend(submission.profile_id for submission in submissions)
        return results(submissions, on)

    monkeypatch.setattr(assessing, "results", noting)
    return found


def test_night_by_night_the_history_is_what_the_facts_give(read: list[int]) -> None:
    demo.make_pool(recipe=Recipe(3, AT.date(), 150), on_progress=lambda _more: None)
    before = set(Assessment.objects.values_list("pk", flat=True))
    for night in range(1, NIGHTS):
        ageing.assess_due(at=morning(AT.date() + timedelta(days=night)))
    written = Assessment.objects.exclude(pk__in=before).select_related("submission")
    assert len(read) < len(written) / 2
    for row in written:
        sent = facts.parse(row.submission.facts)
        result = in_pool(sent, assess(sent, row.as_of))
        figures = row.score, tuple(row.lines), row.programs, row.categories, row.next_change_on
        expected = result.total, result.lines, result.program_bits, result.category_bits
        assert figures == (*expected, result.next_change_on)


def test_a_birthday_reads_no_facts_and_leaves_what_is_kept(read: list[int]) -> None:
    birthday = AT.date() + timedelta(days=20)
    thirty_on(birthday)
    kept = KeptFactors.objects.values().get()
    assert ageing.assess_due(at=morning(birthday)) == 1
    assert (read, KeptFactors.objects.values().get()) == ([], kept)


def test_the_message_names_the_birthday_as_the_facts_would() -> None:
    birthday = AT.date() + timedelta(days=20)
    profile = thirty_on(birthday)
    ageing.assess_due(at=morning(birthday))
    sent = facts.parse(profile.submissions.get().facts)
    (change,) = walk_in_pool(sent, AT.date(), birthday)
    told = Message.objects.get(kind="score_changed").details
    assert told["causes"] == [cause.kind for cause in change.causes] == ["birthday"]
    assert told["score"] == PoolEntry.objects.get().score == change.after.total < told["old_score"]


def test_what_was_kept_by_other_parameters_is_not_relied_on(read: list[int]) -> None:
    birthday = AT.date() + timedelta(days=20)
    profile = thirty_on(birthday)
    KeptFactors.objects.update(version="another")
    ageing.assess_due(at=morning(birthday))
    assert read == [profile.pk]
