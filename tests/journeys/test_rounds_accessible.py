"""The pages of rounds, score, invitation and desk: nothing that axe finds, no scrolling sideways on a phone."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from accounts.desk.officers import give_allowance
from accounts.models import Role, Subscription
from accounts.telling.subscriptions import Purpose, token_of
from draws import services
from draws.models import Invitation, Round, RoundType
from profiles.models import Submission
from tests import factories
from tests.draws.desk import HOUR, planned_round
from tests.factories import AT
from tests.journeys.looking import Look
from tests.personas import AMARA, BEN, DIVYA, EMEKA

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """With script, which axe needs."""
    return {**browser_context_args, "java_script_enabled": True}


def test_the_public_pages_of_rounds(look: Look) -> None:
    factories.profile(AMARA)
    factories.published_round(number=448, size=10)
    look(
        None,
        [
            "rounds/",
            "rounds/?kind=pnp&year=2020",
            "rounds/448/",
            "rounds/448/instruction/",
            "rounds/published/434/",
        ],
    )


def test_the_pages_of_the_e_mail_updates(look: Look) -> None:
    waiting = Subscription.objects.create(email="waiting@example.org", language="en")
    reader = Subscription.objects.create(email="reader@example.org", language="en", confirmed_at=AT)
    pages = [
        "",
        "asked/",
        *(f"confirm/{token_of(subscription, Purpose.CONFIRM)}/" for subscription in (waiting, reader)),
        f"stop/{token_of(reader, Purpose.STOP)}/",
        f"stop/{token_of(Subscription(pk=reader.pk + 1), Purpose.STOP)}/",
        "stop/forged/",
    ]
    look(None, [f"rounds/updates/{page}" for page in pages])


def test_a_score_in_the_pool_and_one_that_is_not(look: Look) -> None:
    for person in (AMARA, BEN, DIVYA):
        factories.profile(person)
    for person in (DIVYA, EMEKA):
        profile = factories.profile(EMEKA) if person is EMEKA else factories.account(DIVYA).profiles.get()
        look(factories.account(person), [f"account/profiles/{profile.number}/score/"])


def test_an_invitation_before_and_after_it_is_declined(look: Look, client: Client) -> None:
    invitation = factories.invitation(AMARA)
    address = f"account/invitations/{invitation.pk}/"
    look(factories.account(AMARA), [address, f"{address}decline/"])
    client.force_login(factories.account(AMARA))
    client.post(f"/en/{address}decline/")
    look(factories.account(AMARA), [address])


def test_the_desk_and_its_lists(look: Look) -> None:
    profile = factories.invitation(AMARA).profile
    planned_round(size=4500)
    sent = Submission.objects.get(profile=profile).pk
    records = ["poolentry", "submission", f"submission/{sent}/change", "assessment"]
    lists = [*(f"profiles/{record}/" for record in records), "draws/invitation/", "lifecycle/transition/"]
    look(factories.officer(), ["admin/", *(f"admin/{page}" for page in ["draws/round/", *lists])])


def test_the_pool_and_the_way_of_a_round(look: Look) -> None:
    for person in (AMARA, BEN, DIVYA):
        factories.profile(person)
    officer = factories.officer()
    planned = planned_round(size=2)
    rounds = "admin/draws/round/"
    page = f"{rounds}{planned.pk}/"
    look(officer, [f"{rounds}pool/", f"{rounds}add/", f"{page}change/", f"{page}cancel/"])
    services.queue(planned=planned, officer_id=officer.pk, at=AT)
    look(officer, [f"{page}change/?still=1"])
    services.run(round_id=planned.pk, at=AT + HOUR)
    assert Invitation.objects.count() == 2
    look(officer, [f"{page}change/?still=1"])
    cancelled = planned_round(round_type=RoundType.NOMINATION)
    services.cancel(planned=cancelled, officer_id=officer.pk, at=AT)
    look(
        officer,
        [f"{rounds}{Round.objects.get(pk=cancelled.pk).pk}/change/", f"{rounds}{cancelled.pk}/cancel/"],
    )


def test_the_pages_of_roles_allowances_and_the_log(look: Look) -> None:
    administrator = factories.officer()
    auditor = factories.officer("ada", Role.AUDITOR)
    given = give_allowance(
        address="203.0.113.7",
        factor=10,
        lasts=HOUR,
        officer_id=administrator.pk,
        why="A course",
        at=AT,
    )
    pages = [
        "user/",
        "user/add/",
        f"user/{auditor.pk}/change/",
        "allowance/",
        "allowance/add/",
        f"allowance/{given.pk}/end/",
        "officeraction/",
    ]
    look(administrator, [*(f"admin/accounts/{page}" for page in pages), "account/second-factor/again/"])
    look(auditor, ["admin/", "admin/draws/round/add/"])


def test_the_preview_that_takes_two_people(look: Look, settings: LazySettings) -> None:
    settings.EEPORTAL_FOUR_EYES = True
    factories.profile(AMARA)
    planned = planned_round(size=1)
    for officer in (factories.officer(), factories.officer("sefton", Role.SENIOR_OFFICER)):
        look(officer, [f"admin/draws/round/{planned.pk}/change/"])
