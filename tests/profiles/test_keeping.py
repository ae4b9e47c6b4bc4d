"""What is kept of each profile beside the pool is written wherever a submission is assessed."""

import pytest

from profiles import keeping
from profiles.models import KeptFactors, PoolEntry
from profiles.services import open_update, save_answers, submit
from rules import facts, parameters
from rules.assessment import assess_many
from rules.kept import Kept, basis
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN

pytestmark = pytest.mark.django_db
EVERYBODY = "profile_id > %(after)s"


def kept_now(pk: int) -> Kept:
    return keeping.unpack(bytes(KeptFactors.objects.get(pk=pk).packed))


def kept_of_facts(pk: int) -> Kept:
    submission = PoolEntry.objects.get(pk=pk).profile.submissions.latest("sequence")
    (result,) = assess_many([facts.parse(submission.facts)], keeping=True)
    assert result.holding
    return result.holding.kept


def read(**values: object) -> keeping.Columns:
    rules = parameters.on(AT.date())
    return keeping.read(EVERYBODY, {"basis": basis(rules), "at": AT, "on": AT.date(), "after": 0, **values})


def test_a_new_profile_is_kept() -> None:
    profile = factories.profile()
    assert kept_now(profile.pk) == kept_of_facts(profile.pk)


def test_an_update_replaces_what_was_kept() -> None:
    profile = factories.profile()
    before = kept_now(profile.pk)
    draft = open_update(profile=profile, at=AT)
    changed = save_answers(draft=draft, changes={"intended_province": "MB", "family_size": 5}, at=AT)
    submit(draft=changed, signed_as=AMARA.signature, at=AT)
    assert kept_now(profile.pk) == kept_of_facts(profile.pk) != before


def test_what_is_kept_is_read_back_as_columns() -> None:
    profiles = sorted([factories.profile(AMARA), factories.profile(BEN)], key=lambda one: one.pk)
    columns = read()
    assert columns["profile"].tolist() == [profile.pk for profile in profiles]
    for row, profile in enumerate(profiles):
        assert Kept(*(int(columns[name][row]) for name in Kept._fields)) == kept_now(profile.pk)
        assert keeping.day_of(int(columns["until"][row])) == KeptFactors.objects.get(pk=profile.pk).until
        assert columns["score"][row] == profile.entry.score


def test_a_row_read_by_another_basis_is_not_known() -> None:
    factories.profile()
    assert read()["known"].tolist() == [1]
    assert read(basis="another")["known"].tolist() == [0]


def test_a_row_that_no_longer_holds_is_not_known() -> None:
    profile = factories.profile()
    assert read(on=KeptFactors.objects.get(pk=profile.pk).until)["known"].tolist() == [0]


def test_an_empty_pool_is_read_as_empty_columns() -> None:
    assert len(read()["profile"]) == 0


def test_a_profile_without_anything_kept_is_not_known() -> None:
    factories.profile()
    KeptFactors.objects.all().delete()
    assert read()["known"].tolist() == [0]


def test_nothing_is_kept_of_a_result_that_was_not_asked_to() -> None:
    with pytest.raises(ValueError, match="keeping=True"):
        keeping.keep([factories.profile().pk], [])
