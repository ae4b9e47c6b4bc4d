"""Every job on one screen: the key of its lock, its task, how often it runs, and when it is overdue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from typing import Final


class Job(IntEnum):
    """Every job; the number is the key of its lock. ``slug`` names it in the history and in addresses."""

    LAPSE_DRAFTS = 7_201
    EXPIRE_PROFILES = 7_202
    ASSESS_DUE = 7_203
    LAPSE_INVITATIONS = 7_204
    DELIVER_MESSAGES = 7_205
    ANNOUNCE_ROUNDS = 7_206
    LAPSE_NOMINATIONS = 7_207
    REMIND_CANDIDATES = 7_208
    REMIND_INVITED = 7_209
    RUN_DUE_ROUNDS = 7_210
    SEND_WAYS_BACK = 7_211
    TELL_OF_WAITS = 7_212
    FORGET_UNCONFIRMED_SUBSCRIPTIONS = 7_213
    FORGET_ABANDONED = 7_214
    FORGET_OLD_TRIES = 7_215
    FORGET_ENDED_SESSIONS = 7_216
    FOLD_TALLIES = 7_217
    REFRESH_KEPT = 7_222
    PLAN_RECURRING = 7_230
    CORRECT_ROUNDS = 7_231
    FORGET_EXPIRED_CODES = 7_218
    FORGET_OLD_RUNS = 7_219
    DIGEST_LOG = 7_220
    WATCH_JOBS = 7_221

    @property
    def slug(self) -> str:
        """Return its name in the history and in addresses, such as ``lapse_drafts``."""
        return self.name.lower()


SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)

OVERDUE_AFTER: Final[Mapping[timedelta, timedelta]] = {
    10 * SECOND: 5 * MINUTE,
    MINUTE: 15 * MINUTE,
    10 * MINUTE: HOUR,
    HOUR: 3 * HOUR,
}
"""How long a job may be without a good end, by how often it runs. A run that is under way and gets on is none."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The task of a job and how often it runs."""

    task: str
    every: timedelta

    @property
    def overdue_after(self) -> timedelta:
        """Return how long after its last good end the job is overdue."""
        return OVERDUE_AFTER[self.every]


PLANS: Final[Mapping[Job, Plan]] = {
    Job.RUN_DUE_ROUNDS: Plan("draws.tasks.run_due_rounds", 10 * SECOND),
    Job.CORRECT_ROUNDS: Plan("draws.tasks.correct_rounds", 10 * SECOND),
    Job.DELIVER_MESSAGES: Plan("accounts.tasks.deliver_messages", 10 * SECOND),
    Job.SEND_WAYS_BACK: Plan("accounts.tasks.send_ways_back", 10 * SECOND),
    Job.ANNOUNCE_ROUNDS: Plan("draws.tasks.announce_rounds", 10 * SECOND),
    Job.LAPSE_DRAFTS: Plan("profiles.tasks.lapse_drafts", MINUTE),
    Job.EXPIRE_PROFILES: Plan("profiles.tasks.expire_profiles", MINUTE),
    Job.ASSESS_DUE: Plan("profiles.tasks.assess_due", MINUTE),
    Job.LAPSE_NOMINATIONS: Plan("profiles.tasks.lapse_nominations", MINUTE),
    Job.LAPSE_INVITATIONS: Plan("draws.tasks.lapse_invitations", MINUTE),
    Job.PLAN_RECURRING: Plan("draws.tasks.plan_recurring", MINUTE),
    Job.FOLD_TALLIES: Plan("profiles.tasks.fold_tallies", MINUTE),
    Job.REFRESH_KEPT: Plan("profiles.tasks.refresh_kept", MINUTE),
    Job.REMIND_CANDIDATES: Plan("profiles.tasks.remind_candidates", 10 * MINUTE),
    Job.REMIND_INVITED: Plan("draws.tasks.remind_invited", 10 * MINUTE),
    Job.TELL_OF_WAITS: Plan("accounts.tasks.tell_of_waits", 10 * MINUTE),
    Job.FORGET_ENDED_SESSIONS: Plan("accounts.tasks.forget_ended_sessions", 10 * MINUTE),
    Job.FORGET_UNCONFIRMED_SUBSCRIPTIONS: Plan("accounts.tasks.forget_unconfirmed_subscriptions", HOUR),
    Job.FORGET_ABANDONED: Plan("eligibility.tasks.forget_abandoned", HOUR),
    Job.FORGET_OLD_TRIES: Plan("accounts.tasks.forget_old_tries", HOUR),
    Job.FORGET_EXPIRED_CODES: Plan("accounts.tasks.forget_expired_codes", HOUR),
    Job.FORGET_OLD_RUNS: Plan("lifecycle.tasks.forget_old_runs", HOUR),
    Job.DIGEST_LOG: Plan("lifecycle.tasks.digest_log", 10 * MINUTE),
    Job.WATCH_JOBS: Plan("accounts.tasks.watch_jobs", MINUTE),
}
"""What beat starts. A new job is a line in ``Job``, a line here, and its words in ``lifecycle.job_words``."""
