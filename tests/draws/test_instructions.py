"""The result of a round and the full text of its instruction, as everybody reads them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import Role
from draws import services
from draws.models import Category, Round, RoundType
from draws.public.instructions import text
from profiles.models import PoolEntry
from rules.programs import PROGRAM_BITS
from tests import factories
from tests.draws.desk import page, planned_round, sign_in, tied, work
from tests.draws.pages import text_of
from tests.factories import AT
from tests.personas import AMARA, DIVYA

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
FULL = "/en/rounds/448/instruction/"
RESULT = "/en/rounds/448/"


def published(**fields: Any) -> Round:
    return factories.published_round(number=448, **fields)


def sentences(held: Round) -> str:
    return " ".join(sentence for section in text(held).sections for sentence in section.sentences)


def test_the_result_has_every_figure_that_ircc_prints(client: Client) -> None:
    factories.profile(AMARA)
    factories.profile(DIVYA)
    held = published(size=2)
    told = text_of(client, RESULT)
    for words in (
        "Number of invitations issued 2 2 were authorised. The number issued may differ from it.",
        "Rank required to be invited to apply 2nd or above",
        "Date and time of the round 24 September 2026, 09:12:40 UTC",
        f"CRS score of the lowest-ranked candidate invited {held.cutoff}",
        "Tie-breaking rule 24 September 2026, 09:12:40 UTC",
        "If several candidates have the lowest score",
        "Full text of the instruction",
    ):
        assert words in told


def test_the_full_text_has_every_part_of_a_real_one(client: Client) -> None:
    factories.profile(AMARA)
    held = published(size=1, period_from=AT.date())
    told = text_of(client, FULL)
    for words in (
        "Instruction respecting invitations to apply, round 448, 24 September 2026",
        "under paragraphs 10.3(1)(i), 10.3(1)(j) of the Immigration and Refugee Protection Act",
        "No Minister gave it, and it has no legal effect.",
        "eligible foreign national",
        "general ranking",
        "Provincial Nominee Program Canadian Experience Class Federal Skilled Worker Program",
        "begins on 24 September 2026 and ends on 25 September 2026, 1 invitation may be issued.",
        "the rank of 1 or above in the general ranking on 24 September 2026 at 09:12:40 UTC",
        f"Of those with the lowest score, {held.cutoff}, those are invited who first submitted their profile on "
        "24 September 2026 at 09:12:40 UTC or before.",
        "Given by the simulator’s officers, 24 September 2026.",
    ):
        assert words in told


def test_the_text_names_no_officer_and_no_minister(client: Client) -> None:
    factories.profile(AMARA)
    published()
    told = text_of(client, FULL)
    assert "olivia" not in told
    assert "Minister of" not in told


def test_a_category_is_named_with_its_version_and_a_specific_ranking(client: Client) -> None:
    factories.profile(AMARA)
    PoolEntry.objects.update(categories=1, next_change_on=None)
    published(round_type=RoundType.CATEGORY, category=Category.FRENCH)
    told = text_of(client, FULL)
    assert "“French-language proficiency, version 2026-v2”" in told
    assert "10.3(1)(h.1)" in told
    assert "in the specific ranking on 24 September 2026" in told
    assert "French-language proficiency, version 2026-v2" in text_of(client, RESULT)


def test_a_program_round_names_its_classes_only(client: Client) -> None:
    factories.profile(DIVYA)
    published(round_type=RoundType.PROGRAM, programs=PROGRAM_BITS["CEC"] | PROGRAM_BITS["FST"])
    told = text_of(client, FULL)
    assert "Canadian Experience Class Federal Skilled Trades Program" in told
    assert "Provincial Nominee Program" not in told


def test_a_nominee_round_names_the_one_class(client: Client) -> None:
    factories.profile(DIVYA)
    PoolEntry.objects.update(programs=9, next_change_on=None)
    held = published(round_type=RoundType.NOMINATION)
    assert [section.listed for section in text(held).sections][1] == ["Provincial Nominee Program"]


def test_at_one_instant_the_text_says_so() -> None:
    factories.profile(AMARA)
    assert "At the instant of the round, 5 invitations may be issued." in sentences(published(size=5))


def test_with_two_officers_the_text_says_two() -> None:
    factories.profile(AMARA)
    planned = planned_round(size=1)
    services.queue(planned=planned, officer_id=factories.officer("corinne", Role.SENIOR_OFFICER).pk, at=AT)
    told = text(work(planned)).given_by
    assert told[1] == "One officer planned this round, and another confirmed or started it."
    assert (
        text(factories.published_round(number=700)).given_by[1]
        == "One officer planned this round and let it run."
    )


def test_a_round_that_has_not_run_has_no_text() -> None:
    with pytest.raises(ValueError, match="has not run"):
        text(planned_round())


@pytest.mark.parametrize("path", ["/en/rounds/448/instruction/", "/en/rounds/9/instruction/"])
def test_the_text_of_an_unpublished_round_is_a_missing_page(client: Client, path: str) -> None:
    work_done = planned_round()
    services.queue_due(at=work_done.planned_for)
    work(work_done)
    assert client.get(path).status_code == 404


# What is unusual is explained, on the result and on the preview


def test_nobody_eligible(client: Client) -> None:
    published()
    told = text_of(client, RESULT)
    assert "No candidate in the pool met the instruction at that instant, so nobody was invited." in told
    assert "Rank required to be invited to apply None: nobody was invited." in told
    assert "nobody was eligible, so no rank was required" in text_of(client, FULL)
    assert "Nobody was invited, so there is none." in text_of(client, FULL)


def test_fewer_eligible_than_authorised(client: Client) -> None:
    factories.profile(AMARA)
    published(size=5000)
    told = text_of(client, RESULT)
    assert "Number of invitations issued 1 5,000 were authorised." in told
    assert "Fewer candidates were eligible than the instruction allowed, so all of them were invited." in told


def test_all_tied_at_one_instant(client: Client) -> None:
    profiles = tied(4)
    held = published(size=2)
    told = text_of(client, RESULT)
    assert (held.left_at_cutoff, held.left_at_instant) == (2, 2)
    assert "All the invited had the same score" in told
    assert "2 candidates with the lowest score first submitted at exactly the same instant" in told
    assert "the profile that was made first comes first." in sentences(held)
    assert set(held.invitations.values_list("profile", flat=True)) == {profiles[0].pk, profiles[1].pk}


def test_tied_at_different_instants(client: Client) -> None:
    for seconds, profile in enumerate(tied(3)):
        PoolEntry.objects.filter(pk=profile.pk).update(submitted_at=AT + seconds * SECOND)
    held = published(size=2)
    assert (held.left_at_cutoff, held.left_at_instant) == (1, 0)
    assert "1 candidate with the lowest score first submitted later and was not invited." in text_of(
        client, RESULT
    )


def test_nobody_left_at_the_cut_off(client: Client) -> None:
    tied(2)
    held = published(size=2)
    assert (held.left_at_cutoff, held.left_at_instant) == (0, 0)
    assert "Everybody with the lowest score was invited" in text_of(client, RESULT)


def test_those_of_another_class_are_not_counted_as_left() -> None:
    first, second = tied(2)
    PoolEntry.objects.filter(pk=first.pk).update(programs=PROGRAM_BITS["CEC"])
    PoolEntry.objects.filter(pk=second.pk).update(programs=PROGRAM_BITS["FST"])
    held = published(size=1, round_type=RoundType.PROGRAM, programs=PROGRAM_BITS["CEC"])
    assert (held.issued, held.left_at_cutoff) == (1, 0)


def test_the_preview_explains_what_is_all_tied_at_one_instant(client: Client) -> None:
    tied(4)
    planned = planned_round(size=2)
    sign_in(client, factories.officer())
    told = text_of(client, page(planned))
    assert "Everybody on the list has the same score" in told
    assert "At exactly this instant, 4 candidates with this score first submitted, and 2 of them" in told
