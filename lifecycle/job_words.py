"""What each job is called and what it does, for officers."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lifecycle.schedule import Job

WORDS: Mapping[Job, tuple[Promise, Promise]] = {
    Job.RUN_DUE_ROUNDS: (
        _("Rounds"),
        _("Runs the confirmed rounds whose time has come, and those that an officer started."),
    ),
    Job.PLAN_RECURRING: (
        _("Recurring plans"),
        _("Plans the rounds of the recurring plans whose time comes soon, for an officer to confirm."),
    ),
    Job.CORRECT_ROUNDS: (
        _("Corrections of rounds"),
        _("Withdraws the invitations of a round that was wrong, once two officers have agreed on it."),
    ),
    Job.DELIVER_MESSAGES: (_("E-mails"), _("Sends the e-mails that tell of messages in accounts.")),
    Job.SEND_WAYS_BACK: (
        _("Ways back into accounts"),
        _("Sends the codes and links that people asked for who cannot sign in."),
    ),
    Job.ANNOUNCE_ROUNDS: (
        _("Announcements of rounds"),
        _("Tells the subscribers by e-mail of each published round."),
    ),
    Job.LAPSE_DRAFTS: (_("Drafts"), _("Lapses the drafts that were not submitted within 60 days.")),
    Job.EXPIRE_PROFILES: (_("Profiles"), _("Expires the profiles whose 12 months are over.")),
    Job.ASSESS_DUE: (
        _("Assessments"),
        _(
            "Assesses the profiles anew whose score or eligibility may change with time, such as on a birthday."
        ),
    ),
    Job.LAPSE_NOMINATIONS: (
        _("Nominations"),
        _("Lapses the nominations that a province confirmed and the candidate did not answer in time."),
    ),
    Job.LAPSE_INVITATIONS: (
        _("Invitations"),
        _("Lapses the invitations that were not answered in time, and removes their profiles from the pool."),
    ),
    Job.FOLD_TALLIES: (
        _("Counts of the pool"),
        _("Sums up the changes in how many are in the pool at each score."),
    ),
    Job.REFRESH_KEPT: (
        _("Facts read anew"),
        _(
            "Reads the facts of profiles anew when what is kept of them to score them quickly no longer holds."
        ),
    ),
    Job.REMIND_CANDIDATES: (
        _("Reminders to candidates"),
        _(
            "Reminds candidates of the end of a draft, a profile or a nomination, and of what time will change."
        ),
    ),
    Job.REMIND_INVITED: (
        _("Reminders to the invited"),
        _("Reminds the invited 14, 7 and 1 days before the day by which to answer."),
    ),
    Job.TELL_OF_WAITS: (
        _("Waits for a new second factor"),
        _("Tells the owners once a day whose second factor somebody asked to replace."),
    ),
    Job.FORGET_ENDED_SESSIONS: (
        _("Sessions"),
        _("Ends the sessions that are over, and forgets after a day what was kept of them."),
    ),
    Job.FORGET_UNCONFIRMED_SUBSCRIPTIONS: (
        _("Unconfirmed subscriptions"),
        _(
            "Forgets the e-mail addresses that asked for updates about rounds and did not confirm within 7 days."
        ),
    ),
    Job.FORGET_ABANDONED: (
        _("Abandoned questionnaires"),
        _(
            "Removes the questionnaires of 60 days ago whose reference code was never used and no longer works."
        ),
    ),
    Job.FORGET_OLD_TRIES: (
        _("Tallies of tries"),
        _("Removes the tallies of limited tries, such as of sign-ins, that limit nobody any more."),
    ),
    Job.FORGET_EXPIRED_CODES: (
        _("Expired codes"),
        _("Forgets one-time codes whose time is over, and ways back that were over a month ago."),
    ),
    Job.FORGET_OLD_RUNS: (_("Old lines of this history"), _("Forgets the runs of jobs after 90 days.")),
    Job.DIGEST_LOG: (
        _("Digests of the logs"),
        _(
            "Seals the log of moves and the log of officers’ actions once a day, so that a changed row is found."
        ),
    ),
    Job.WATCH_JOBS: (
        _("Watch over the jobs"),
        _("Tells the administrators by e-mail, once, of a job that is overdue."),
    ),
}


PERIODS: Mapping[timedelta, Promise] = {
    timedelta(seconds=10): _("every 10 seconds"),
    timedelta(minutes=1): _("every minute"),
    timedelta(minutes=10): _("every 10 minutes"),
    timedelta(hours=1): _("every hour"),
}
"""How often a job runs."""


def name_of(job: Job) -> str:
    """Return what a job is called, in the language in force."""
    return str(WORDS[job][0])


def name_of_slug(slug: str) -> str:
    """Return what the job behind a slug is called; the slug itself for a job of another release."""
    found = next((job for job in Job if job.slug == slug), None)
    return name_of(found) if found else slug
