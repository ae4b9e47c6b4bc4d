"""The whole pool scored anew: the same as from the facts, only what changed written, other rules asked about."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from accounts.models import Message
from draws import queries
from lifecycle.models import Transition
from profiles import ageing, keeping, rescoring, tallying
from profiles.models import Assessment, KeptFactors, PoolEntry
from rules import facts, parameters
from rules.assessment import assess_many
from rules.grace import in_pool
from rules.parameters import BOOK, FOLDER, Book, Parameter
from simulation import demo
from simulation.population.pool import Recipe
from tests.factories import AT

pytestmark = pytest.mark.django_db
SIZE = 60


@pytest.fixture
def pool() -> list[PoolEntry]:
    """A made pool, as of the day of AT."""
    demo.make_pool(recipe=Recipe(3, AT.date(), SIZE), on_progress=lambda _more: None)
    return list(PoolEntry.objects.order_by("pk"))


def held() -> list[tuple[int, int, int, int]]:
    rows = PoolEntry.objects.order_by("pk")
    return list(rows.values_list("profile_id", "score", "programs", "categories"))


def from_facts(on: date, book: Book = BOOK) -> list[tuple[int, int, int, int]]:
    entries = list(PoolEntry.objects.order_by("pk"))
    sent = [facts.parse(submission.facts) for submission in ageing.latest_of(entries)]
    results = assess_many(sent, on, next_change=False, book=book)
    held = [in_pool(one, result, book=book) for one, result in zip(sent, results, strict=True)]
    pairs = zip(entries, held, strict=True)
    return [(entry.pk, r.total, r.program_bits, r.category_bits) for entry, r in pairs]


def spoil(count: int = 5) -> list[int]:
    """Let some of the pool hold a score that is not theirs, as if the rules had changed since."""
    keys = list(PoolEntry.objects.order_by("pk").values_list("pk", flat=True)[:count])
    PoolEntry.objects.filter(pk__in=keys).update(score=F("score") + 7)
    return keys


def changed(name: str, change: Callable[[object], object]) -> Book:
    return Book(
        (
            Parameter(name, [replace(row, value=change(row.value)) for row in parameter.rows])
            if parameter.name == name
            else parameter
            for parameter in BOOK.values()
        ),
        "changed",
    )


def test_a_pool_whose_rules_are_as_they_were_is_left_alone(pool: list[PoolEntry]) -> None:
    found = rescoring.rescore(at=AT)
    assert (found.looked_at, found.changed, found.from_facts) == (len(pool), 0, 0)


def test_only_what_is_different_is_written(pool: list[PoolEntry]) -> None:
    before, wrong = held(), spoil()
    assessments = Assessment.objects.count()
    assert rescoring.rescore(at=AT).changed == len(wrong)
    assert held() == before
    assert Assessment.objects.count() == assessments + len(wrong)


def test_the_history_says_by_which_rules(pool: list[PoolEntry]) -> None:
    (key,) = spoil(1)
    rescoring.rescore(at=AT)
    last = Assessment.objects.filter(profile_id=key).latest("pk")
    assert (last.at, last.parameters, last.score) == (
        AT,
        parameters.VERSION,
        sum(last.lines[:16]) or last.score,
    )
    assert last.score == PoolEntry.objects.get(pk=key).score


def test_whoever_comes_out_different_is_told_that_a_rule_changed(pool: list[PoolEntry]) -> None:
    spoil(3)
    rescoring.rescore(at=AT)
    told = Message.objects.filter(kind="score_changed").order_by("pk")
    assert [message.details for message in told] == [
        {
            "number": entry.profile.number,
            "day_on": AT.date().isoformat(),
            "old_score": entry.score + 7,
            "score": entry.score,
            "expires_at": entry.profile.expires_at.isoformat(),
            "causes": ["rule_changes"],
        }
        for entry in pool[:3]
    ]


def test_the_tallies_follow(pool: list[PoolEntry]) -> None:
    spoil()
    rescoring.rescore(at=AT)
    assert tallying.differences() == []
    assert sum(queries.pool_by_score(AT).values()) == len(pool)


@pytest.mark.parametrize("later", [1, 30, 120])
def test_on_a_later_day_the_pool_is_what_the_facts_give(pool: list[PoolEntry], later: int) -> None:
    at = AT + timedelta(days=later)
    PoolEntry.objects.update(expires_at=AT + timedelta(days=1000))
    rescoring.rescore(at=at)
    assert held() == from_facts(at.date())


def test_without_anything_kept_the_facts_are_read_and_kept(pool: list[PoolEntry]) -> None:
    before = held()
    KeptFactors.objects.all().delete()
    spoil()
    found = rescoring.rescore(at=AT)
    assert (found.from_facts, found.changed) == (len(pool), 5)
    assert held() == before
    assert rescoring.rescore(at=AT).from_facts == 0


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("crs.transferability.maximum", lambda _value: 40),
        ("fsw.pass_mark", lambda _value: 80),
        ("cec.language", lambda value: {**value, "higher_min_clb": 10, "lower_min_clb": 9}),
        ("cec.work", lambda value: {**value, "hours": 4000}),
    ],
)
def test_asking_about_other_rules_finds_what_the_facts_would_give(
    pool: list[PoolEntry], name: str, change: Callable[[object], object]
) -> None:
    book = changed(name, change)
    before, after = held(), from_facts(AT.date(), book)
    found = rescoring.rescore(at=AT, dry_run=True, book=book)
    assert found.changed == sum(one != other for one, other in zip(before, after, strict=True)) > 0
    assert found.leaving == sum(not other[2] & 7 for other in after)
    assert held() == before
    assert not Message.objects.exists()


def test_other_rules_are_never_written(pool: list[PoolEntry]) -> None:
    with pytest.raises(ValueError, match="dry_run"):
        rescoring.rescore(at=AT, book=changed("fsw.pass_mark", lambda _value: 80))


def test_whoever_no_longer_meets_a_program_leaves_the_pool_and_may_come_back(pool: list[PoolEntry]) -> None:
    key = pool[0].pk
    row = KeptFactors.objects.get(pk=key)
    elsewhere = keeping.unpack(bytes(row.packed))
    KeptFactors.objects.filter(pk=key).update(packed=keeping.pack(elsewhere._replace(quebec=1)))
    assert rescoring.rescore(at=AT).leaving == 1
    assert PoolEntry.objects.get(pk=key).state == "ineligible"
    KeptFactors.objects.filter(pk=key).update(packed=keeping.pack(elsewhere))
    assert rescoring.rescore(at=AT).arriving == 1
    assert PoolEntry.objects.get(pk=key).state == "in_pool"
    events = list(
        Transition.objects.filter(thing_id=key, machine="profile")
        .order_by("pk")
        .values_list("event", flat=True)
    )
    assert events == ["enter", "become_ineligible", "become_eligible"]


def test_chunks_do_not_change_what_comes_out(pool: list[PoolEntry], monkeypatch: pytest.MonkeyPatch) -> None:
    before = held()
    spoil(20)
    monkeypatch.setattr(rescoring, "CHUNK", 7)
    monkeypatch.setattr(rescoring, "FEW", 3)
    KeptFactors.objects.filter(pk__in=[entry.pk for entry in pool[10:30]]).delete()
    assert rescoring.rescore(at=AT).looked_at == len(pool)
    assert held() == before


def test_the_facts_are_read_anew_after_the_rules_have_changed(pool: list[PoolEntry]) -> None:
    KeptFactors.objects.update(version="earlier")
    PoolEntry.objects.update(next_change_on=None)
    assert ageing.refresh_kept(at=AT) == len(pool)
    assert not KeptFactors.objects.exclude(version=parameters.VERSION).exists()
    assert {entry.pk: entry.next_change_on for entry in PoolEntry.objects.order_by("pk")} == {
        entry.pk: entry.next_change_on for entry in pool
    }
    assert ageing.refresh_kept(at=AT) == 0


def test_of_those_no_longer_in_the_pool_nothing_is_kept_then(pool: list[PoolEntry]) -> None:
    ageing.expire_profiles(at=max(entry.expires_at for entry in pool))
    KeptFactors.objects.update(version="earlier")
    ageing.refresh_kept(at=AT)
    assert not KeptFactors.objects.exists()


def test_the_command_says_what_would_change(pool: list[PoolEntry]) -> None:
    spoil()
    heard = StringIO()
    call_command("rescore", "--dry-run", stdout=heard, stderr=StringIO())
    assert "5 would come out different" in heard.getvalue()
    assert "-7 points: 5" in heard.getvalue()


def test_the_command_asks_about_a_folder_of_rules(pool: list[PoolEntry], tmp_path: Path) -> None:
    for path in FOLDER.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes().replace(b"maximum:\n", b"maximum:\n"))
    heard = StringIO()
    call_command("rescore", "--dry-run", "--rules", str(tmp_path), stdout=heard, stderr=StringIO())
    assert "0 would come out different" in heard.getvalue()


def test_the_command_writes_no_other_rules(tmp_path: Path) -> None:
    for path in FOLDER.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with pytest.raises(CommandError, match="--dry-run"):
        call_command("rescore", "--rules", str(tmp_path))


def test_the_command_says_what_is_wrong_with_a_folder(tmp_path: Path) -> None:
    (tmp_path / "crs.yaml").write_text("crs.core.age: 3\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"crs\.yaml"):
        call_command("rescore", "--dry-run", "--rules", str(tmp_path))
