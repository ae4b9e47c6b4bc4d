"""Who would be invited, in parts, and beside the last round of that kind."""

import pytest
from django.test import Client

from accounts.desk import roles
from accounts.models import OfficerAction, Role
from draws.models import Category, Round, RoundType
from draws.officers.breakdowns import MOST_OCCUPATIONS, Part, breakdown
from draws.officers.preview_desk import last_of_kind
from profiles.models import Submission
from rules.programs import PROGRAM_BITS
from tests import factories
from tests.draws.desk import page, planned_round, sign_in, tied
from tests.draws.pages import queries_for, text_of
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA

pytestmark = pytest.mark.django_db
ONTARIO = {"provincial_nomination": {"province": "ON"}}


def sent(profile_id: int, **facts: object) -> None:
    """Send a later version of a profile's facts."""
    last = Submission.objects.filter(profile=profile_id).latest("sequence")
    Submission.objects.create(
        profile_id=profile_id, sequence=last.sequence + 1, submitted_at=AT, facts={**last.facts, **facts}
    )


def counts(parts: list[Part]) -> dict[str, int]:
    return {str(part.name): part.count for part in parts}


def test_provinces_and_occupations_are_those_of_the_latest_submission() -> None:
    first, second, third = (factories.profile(person) for person in (AMARA, BEN, DIVYA))
    sent(first.pk, provincial_nomination={"province": "QC"})
    sent(first.pk, provincial_nomination={"province": "ON"}, primary_occupation_noc="21232")
    sent(second.pk, primary_occupation_noc=None)
    sent(third.pk, primary_occupation_noc="21232")
    parts = breakdown([first.pk, second.pk, third.pk], [470, 470, 601])
    assert counts(parts.provinces) == {"No nomination": 2, "Ontario": 1}
    assert counts(parts.occupations) == {
        "21232 Software developers and programmers": 2,
        "No main occupation named": 1,
    }
    assert counts(parts.bands) == {"601–1200": 1, "461–470": 2}


def test_those_who_are_not_on_the_list_are_not_counted() -> None:
    listed, _other = factories.profile(AMARA), factories.profile(DIVYA)
    parts = breakdown([listed.pk], [500])
    assert sum(counts(parts.provinces).values()) == sum(counts(parts.occupations).values()) == 1


def test_an_empty_list_has_no_parts() -> None:
    parts = breakdown([], [])
    assert (parts.provinces, parts.occupations, parts.bands) == ([], [], [])


def test_many_occupations_end_in_all_others() -> None:
    people = tied(MOST_OCCUPATIONS + 3)
    codes = [
        "21232",
        "31301",
        "21231",
        "11100",
        "11101",
        "10010",
        "10011",
        "10012",
        "10019",
        "10020",
        "10021",
        "10022",
    ]
    for profile, code in zip(people, codes, strict=False):
        sent(profile.pk, primary_occupation_noc=code)
    sent(people[-1].pk, primary_occupation_noc="21232")
    found = breakdown([profile.pk for profile in people], [500] * len(people)).occupations
    assert len(found) == MOST_OCCUPATIONS + 1
    assert (str(found[-1].name), found[-1].count) == ("All other occupations", 2)
    assert found[0].count == 2


def test_the_preview_shows_the_parts_and_the_last_round_of_its_kind(client: Client) -> None:
    profile = factories.profile(AMARA)
    sent(profile.pk, **ONTARIO)
    sign_in(client, factories.officer())
    told = text_of(client, page(planned_round(size=2)))
    assert "By province of nomination" in told
    assert "Ontario 1" in told
    assert "By main occupation" in told
    assert "The last round of this kind is round" in told
    assert "held by IRCC on" in told


def test_who_may_not_read_the_pool_sees_the_figures_but_no_profile_number(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = factories.profile(AMARA)
    rounds_only = {**roles.PERMISSIONS, Role.AUDITOR: frozenset({"draws.view_round"})}
    monkeypatch.setattr(roles, "PERMISSIONS", rounds_only)
    sign_in(client, factories.officer("ada", Role.AUDITOR))
    told = text_of(client, page(planned_round(size=2)))
    assert "1 of 1 candidates would be invited" in told
    assert profile.number not in told
    assert not OfficerAction.objects.filter(verb="listed").exists()


def test_looking_at_the_candidates_is_logged(client: Client) -> None:
    factories.profile(AMARA)
    planned = planned_round(size=2)
    officer = factories.officer()
    sign_in(client, officer)
    client.get(page(planned))
    assert OfficerAction.objects.get(verb="listed").about == f"draws.round {planned.number} page=1"


def test_the_preview_takes_as_many_queries_for_one_as_for_many(client: Client) -> None:
    planned = planned_round(size=5000)
    factories.profile(AMARA)
    sign_in(client, factories.officer())
    few = queries_for(client, page(planned))
    tied(12)
    assert queries_for(client, page(planned)) == few


def test_the_last_round_of_a_kind_is_ours_when_it_came_later() -> None:
    factories.profile(AMARA)
    general = planned_round()
    irccs = last_of_kind(general, AT)
    assert irccs is not None
    assert not irccs.simulated
    factories.published_round(number=800)
    ours = last_of_kind(general, AT)
    assert ours is not None
    assert ours.number == "800"


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ({"round_type": RoundType.NOMINATION}, ("pnp",)),
        ({"round_type": RoundType.PROGRAM, "programs": PROGRAM_BITS["CEC"]}, ("cec",)),
        ({"round_type": RoundType.CATEGORY, "category": Category.FRENCH}, ("french",)),
    ],
)
def test_the_last_round_of_a_kind_is_of_that_kind(told: dict[str, object], kinds: tuple[str, ...]) -> None:
    found = last_of_kind(Round(size=1, planned_for=AT, **told), AT)
    assert found is not None
    assert found.kinds == kinds


def test_for_two_programs_together_there_may_be_no_last_round() -> None:
    assert last_of_kind(Round(size=1, planned_for=AT, round_type=RoundType.PROGRAM, programs=6), AT) is None
