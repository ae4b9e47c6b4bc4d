"""The class of each invitation: nominees first, then CEC, FSW, FST; never by choice, after a decline the same."""

from datetime import timedelta
from itertools import combinations

import pytest

from draws import answers
from draws.models import Category, Invitation, RoundType
from profiles.models import PoolEntry
from rules.categories import CATEGORY_BITS
from rules.programs import PROGRAM_BITS
from rules.selection import INVITED_AS_ORDER
from tests import factories
from tests.factories import AT
from tests.personas import AMARA

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FEDERAL = ("CEC", "FSW", "FST")
SETS = [found for size in range(1, 5) for found in combinations(INVITED_AS_ORDER, size) if found != ("PNP",)]


def eligible_for(*programs: str) -> None:
    bits = sum(PROGRAM_BITS[code] for code in programs)
    PoolEntry.objects.update(programs=bits, categories=CATEGORY_BITS["french"], next_change_on=None)


def classes() -> list[str]:
    return list(Invitation.objects.order_by("pk").values_list("invited_as", flat=True))


def test_the_order_is_nominees_then_experience_then_skills_then_trades() -> None:
    assert INVITED_AS_ORDER == ("PNP", "CEC", "FSW", "FST")


@pytest.mark.parametrize("programs", SETS, ids="-".join)
def test_in_an_all_program_round_the_first_class_of_the_order_is_taken(programs: tuple[str, ...]) -> None:
    factories.profile(AMARA)
    eligible_for(*programs)
    factories.published_round()
    assert classes() == [programs[0]]


def test_in_a_category_round_the_order_is_the_same() -> None:
    factories.profile(AMARA)
    eligible_for("PNP", "FSW")
    factories.published_round(round_type=RoundType.CATEGORY, category=Category.FRENCH)
    assert classes() == ["PNP"]


@pytest.mark.parametrize("named", FEDERAL)
def test_a_program_round_invites_in_the_class_that_it_names(named: str) -> None:
    factories.profile(AMARA)
    eligible_for("PNP", *FEDERAL)
    factories.published_round(round_type=RoundType.PROGRAM, programs=PROGRAM_BITS[named])
    assert classes() == [named]


def test_a_round_for_two_programs_takes_the_first_of_them() -> None:
    factories.profile(AMARA)
    eligible_for("PNP", *FEDERAL)
    both = PROGRAM_BITS["FSW"] | PROGRAM_BITS["FST"]
    factories.published_round(round_type=RoundType.PROGRAM, programs=both)
    assert classes() == ["FSW"]


def test_after_a_declined_invitation_the_order_is_the_same_again() -> None:
    factories.profile(AMARA)
    eligible_for("CEC", "FSW")
    factories.published_round()
    answers.decline(invitation=Invitation.objects.get(), at=AT + DAY)
    eligible_for("CEC", "FSW")
    factories.published_round(at=AT + 2 * DAY, number=2)
    assert classes() == ["CEC", "CEC"]


def test_who_became_a_nominee_after_declining_is_invited_as_one() -> None:
    factories.profile(AMARA)
    eligible_for("CEC", "FSW")
    factories.published_round()
    answers.decline(invitation=Invitation.objects.get(), at=AT + DAY)
    eligible_for("PNP", "CEC", "FSW")
    factories.published_round(at=AT + 2 * DAY, number=2)
    assert classes() == ["CEC", "PNP"]
