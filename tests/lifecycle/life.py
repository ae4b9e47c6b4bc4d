"""The portal lived at random: three candidates, officers, a province, the jobs and a clock that wanders forwards."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from accounts.models import Role, User
from draws import answers, services
from draws.correcting import carrying_out
from draws.correcting import services as correcting
from draws.correcting.choosing import Asked
from draws.models import Invitation, PlannedCorrection, RecurringPlan, Round, RoundType
from draws.recurring import planning
from draws.recurring import services as recurring
from lifecycle.errors import DomainError
from lifecycle.models import Transition
from profiles import ageing, nominating
from profiles import services as profiles
from profiles.models import Draft, Nomination, Profile
from tests import factories
from tests.draws import plans
from tests.factories import AT
from tests.lifecycle.replay import Move, Replay
from tests.personas import AMARA, BEN, DIVYA, Persona

PEOPLE = (AMARA, BEN, DIVYA)
ONTARIO = {
    "nomination": {"nominated": True, "province": "ON"},
    "plans": {"provinces": ["ON"], "shared_with": []},
}
KINDS = ("as they are", "meets no program", "test ends soon", "says nominated")
SCENES = ("nothing", "pool", "unfit", "claims", "invited", "long in the pool", "corrected", "recurring")
"""What a life begins with, done by the same deeds: else few would come far in thirty events."""
JOBS: dict[str, Callable[..., int]] = {
    "lapse drafts": ageing.lapse_drafts,
    "expire profiles": ageing.expire_profiles,
    "assess due": ageing.assess_due,
    "lapse nominations": nominating.lapse_nominations,
    "lapse invitations": answers.lapse_invitations,
    "plan recurring": planning.create_due,
    "correct rounds": carrying_out.carry_out_confirmed,
}
STEPS = (
    timedelta(seconds=1),
    timedelta(hours=7),
    timedelta(days=1),
    timedelta(days=13),
    timedelta(days=31),
    timedelta(days=61),
    timedelta(days=200),
    timedelta(days=400),
)
NOT_LATE = timedelta(0)
LATE = (NOT_LATE, NOT_LATE, NOT_LATE, timedelta(seconds=1), timedelta(hours=1))
LAST_DAY = AT + timedelta(days=4000)
Deed = Callable[..., None]
EVENTS: list[tuple[Deed, dict[str, Sequence[Any]]]] = []


def event(**choices: Sequence[Any]) -> Callable[[Deed], Deed]:
    """Let a method be one of the events; its arguments are chosen from what is named here."""

    def kept(deed: Deed) -> Deed:
        EVENTS.append((deed, choices))
        return deed

    return kept


def make_people() -> None:
    """Make the accounts of everybody who acts; once, before the lives begin."""
    for persona in PEOPLE:
        factories.account(persona)
    for maker in (factories.officer, plans.planner, plans.senior):
        maker()
    User.objects.filter(pk=factories.officer("staff-on", Role.PROVINCIAL_STAFF).pk).update(province="ON")


def answered(who: Persona, kind: str, at: datetime) -> dict[str, Any]:
    """Return all answers of somebody on the day of ``at``, of one kind."""
    told = who.answers(at.date())
    if kind == "meets no program":
        told["language_tests"] = []
    if kind == "test ends soon":
        taken = (at.date() - timedelta(days=700)).isoformat()
        told["language_tests"] = [{**test, "date_taken": taken} for test in told["language_tests"]]
    return {**told, **ONTARIO} if kind == "says nominated" else told


class Life(RuleBasedStateMachine):
    """What anybody may try at any moment. A refusal is fine, and must have changed nothing."""

    happened: ClassVar[Counter[tuple[str, Move]]] = Counter()

    @initialize(seed=st.integers(0, 2**48))
    def begin(self, seed: int) -> None:
        """Begin at a scene. All that happens follows from the seed.

        Rules with arguments of their own would be left out, or repeated, by whole lives.
        """
        self.undone_at_the_end = transaction.atomic()
        self.undone_at_the_end.__enter__()
        self.at = AT
        self.replay = Replay()
        self.chance = Random(seed)
        scene = self.chance.choice(SCENES)
        note(scene)
        self.set(scene)

    def set(self, scene: str) -> None:
        """Do what a scene begins with."""
        if scene == "recurring":
            self.an_officer_sets_up_a_recurring_plan()
            self.an_officer_turns_the_plans(recurring.start, NOT_LATE)
        if scene in {"nothing", "recurring"}:
            return
        kinds = {"unfit": "meets no program", "claims": "says nominated", "corrected": "test ends soon"}
        for who in PEOPLE:
            self.sends_a_whole_profile(who, kinds.get(scene, "as they are"))
        if scene == "claims":
            self.a_province_confirms(NOT_LATE)
        if scene == "long in the pool":
            self.time_passes(timedelta(days=330))
        if scene in {"invited", "long in the pool", "corrected"}:
            self.a_whole_round_is_held(3)
        if scene == "corrected":
            self.an_officer_prepares_a_correction(NOT_LATE)

    def teardown(self) -> None:
        Life.happened.update(self.replay.happened)
        transaction.set_rollback(True)
        self.undone_at_the_end.__exit__(None, None, None)

    @rule()
    def something_happens(self) -> None:
        """One event, each as likely as another."""
        deed, choices = self.chance.choice(EVENTS)
        told = {name: self.chance.choice(of) for name, of in choices.items()}
        note(f"{deed.__name__} {told}")
        deed(self, **told)

    @invariant()
    def the_log_leads_to_the_states(self) -> None:
        self.replay.read_on()
        self.replay.compare()

    def tried(self, deed: Callable[..., object], *, lateness: timedelta = NOT_LATE, **told: Any) -> None:
        """Let somebody do something, by a clock that may lag behind the others'."""
        before = Transition.objects.count()
        try:
            deed(at=max(AT, self.at - lateness), **told)
        except DomainError:
            assert Transition.objects.count() == before, "what was refused has moved something"

    # ---- candidates ---------------------------------------------------------------------------------------

    @event(who=PEOPLE, kind=KINDS)
    def starts_a_draft(self, who: Persona, kind: str) -> None:
        told = answered(who, kind, self.at)
        self.tried(profiles.open_draft, account_id=factories.account(who).pk, answers=told)

    @event(who=PEOPLE, kind=KINDS)
    def starts_an_update(self, who: Persona, kind: str) -> None:
        for held in self.profiles_of(who):
            told = answered(who, kind, self.at)
            self.tried(profiles.open_update, profile=held, answers=told)

    @event(who=PEOPLE, lateness=LATE)
    def submits(self, who: Persona, lateness: timedelta) -> None:
        for draft in self.drafts_of(who):
            self.tried(profiles.submit, draft=draft, signed_as=who.signature, lateness=lateness)

    @event(who=PEOPLE, kind=KINDS)
    def sends_a_whole_profile(self, who: Persona, kind: str) -> None:
        self.starts_a_draft(who, kind)
        self.submits(who, NOT_LATE)

    @event(who=PEOPLE, lateness=LATE)
    def discards(self, who: Persona, lateness: timedelta) -> None:
        for draft in self.drafts_of(who):
            self.tried(profiles.discard_draft, draft=draft, lateness=lateness)

    @event(who=PEOPLE, lateness=LATE)
    def withdraws(self, who: Persona, lateness: timedelta) -> None:
        for held in self.profiles_of(who):
            self.tried(profiles.withdraw, profile=held, lateness=lateness)

    @event(who=PEOPLE, lateness=LATE)
    def declines(self, who: Persona, lateness: timedelta) -> None:
        for invitation in Invitation.objects.filter(profile__account__username=who.username).order_by("pk"):
            self.tried(answers.decline, invitation=invitation, lateness=lateness)

    @event()
    def the_invited_decline_after_forty_days(self) -> None:
        self.time_passes(timedelta(days=40))
        for who in PEOPLE:
            self.declines(who, NOT_LATE)

    # ---- nominations --------------------------------------------------------------------------------------

    @event(lateness=LATE)
    def a_province_confirms(self, lateness: timedelta) -> None:
        staff = User.objects.get(username="staff-on")
        for held in nominating.waiting_for(staff, self.at):
            told = {"number": held.profile.number, "code": held.profile.validation_code}
            days = {"issued_on": self.at.date() - timedelta(days=2), "expires_on": None}
            self.tried(nominating.confirm, staff=staff, lateness=lateness, **told, **days)

    @event(answer=[nominating.accept, nominating.refuse], lateness=LATE)
    def candidates_answer_a_nomination(self, answer: Callable[..., object], lateness: timedelta) -> None:
        for held in Nomination.objects.order_by("pk"):
            self.tried(answer, nomination=held, lateness=lateness)

    # ---- rounds -------------------------------------------------------------------------------------------

    @event(size=range(1, 5), ahead=[timedelta(0), timedelta(days=3)])
    def an_officer_plans_a_round(self, size: int, ahead: timedelta) -> None:
        planned = Round(round_type=RoundType.GENERAL, size=size, planned_for=self.at + ahead)
        self.tried(services.plan_next, planned=planned, officer_id=plans.planner().pk)

    @event(does=[services.confirm, services.queue, services.cancel], lateness=LATE)
    def another_officer_settles_the_rounds(self, does: Callable[..., object], lateness: timedelta) -> None:
        for held in Round.objects.order_by("pk"):
            self.tried(does, planned=held, officer_id=plans.senior().pk, lateness=lateness)

    @event(lateness=LATE)
    def the_waiting_rounds_run(self, lateness: timedelta) -> None:
        for held in Round.objects.order_by("pk"):
            self.tried(services.run, round_id=held.pk, lateness=lateness)

    @event()
    def an_officer_publishes(self) -> None:
        for held in Round.objects.order_by("pk"):
            self.tried(services.publish, completed=held, officer_id=plans.senior().pk)

    @event(size=range(1, 5))
    def a_whole_round_is_held(self, size: int) -> None:
        self.an_officer_plans_a_round(size, NOT_LATE)
        self.another_officer_settles_the_rounds(services.queue, NOT_LATE)
        self.the_waiting_rounds_run(NOT_LATE)

    @event(lateness=LATE)
    def an_officer_prepares_a_correction(self, lateness: timedelta) -> None:
        for held in Round.objects.order_by("pk"):
            every = list(held.invitations.order_by("rank").values_list("pk", flat=True))
            told = {
                "asked": Asked(),
                "invitations": every,
                "reason_en": "A wrong class.",
                "reason_fr": "Erreur.",
            }
            officer = plans.planner().pk
            self.tried(correcting.prepare, round_id=held.pk, officer_id=officer, lateness=lateness, **told)

    @event(does=[correcting.confirm, correcting.drop], lateness=LATE)
    def another_officer_settles_the_corrections(
        self, does: Callable[..., object], lateness: timedelta
    ) -> None:
        for held in PlannedCorrection.objects.order_by("pk"):
            self.tried(does, planned=held, officer_id=plans.senior().pk, lateness=lateness)

    @event()
    def a_whole_correction_is_carried_out(self) -> None:
        self.an_officer_prepares_a_correction(NOT_LATE)
        self.another_officer_settles_the_corrections(correcting.confirm, NOT_LATE)
        self.a_job_runs("correct rounds", NOT_LATE)

    # ---- recurring plans ----------------------------------------------------------------------------------

    @event()
    def an_officer_sets_up_a_recurring_plan(self) -> None:
        made = recurring.set_up(
            told={**plans.DAYS, "first_day": self.at.date()}, officer_id=plans.planner().pk, at=self.at
        )
        self.tried(
            recurring.put_step, plan=made, position=None, told=plans.GENERAL, officer_id=plans.planner().pk
        )

    @event(does=[recurring.start, recurring.resume, recurring.pause], lateness=LATE)
    def an_officer_turns_the_plans(self, does: Callable[..., object], lateness: timedelta) -> None:
        for held in RecurringPlan.objects.order_by("pk"):
            self.tried(does, plan=held, officer_id=plans.planner().pk, lateness=lateness)

    @event()
    def the_plans_rest_for_a_while(self) -> None:
        self.an_officer_turns_the_plans(recurring.pause, NOT_LATE)
        self.time_passes(timedelta(days=13))
        self.an_officer_turns_the_plans(recurring.resume, NOT_LATE)

    @event(cancel=(True, False))
    def an_officer_ends_a_plan(self, cancel: bool) -> None:
        for held in RecurringPlan.objects.order_by("pk")[:1]:
            self.tried(recurring.end, plan=held, officer_id=plans.planner().pk, cancel=cancel)

    # ---- time ---------------------------------------------------------------------------------------------

    @event(step=STEPS)
    def time_passes(self, step: timedelta) -> None:
        if self.at + step < LAST_DAY:
            self.at += step

    @event(job=sorted(JOBS), lateness=LATE)
    def a_job_runs(self, job: str, lateness: timedelta) -> None:
        self.tried(JOBS[job], lateness=lateness)

    @event(step=STEPS)
    def time_passes_and_all_jobs_run(self, step: timedelta) -> None:
        self.time_passes(step)
        for job in JOBS.values():
            self.tried(job)

    def drafts_of(self, who: Persona) -> list[Draft]:
        return list(Draft.objects.filter(account__username=who.username).order_by("-pk")[:2])

    def profiles_of(self, who: Persona) -> list[Profile]:
        return list(Profile.objects.filter(account__username=who.username).order_by("-pk")[:2])
