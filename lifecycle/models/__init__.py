"""The append-only log of every move, the moves of the portal's clock, the history of the jobs, the logs' digests."""

from lifecycle.models.digests import LogDigest
from lifecycle.models.job_history import JobRun, JobState, Outcome
from lifecycle.models.log import ClockTravel, Transition

__all__ = ["ClockTravel", "JobRun", "JobState", "LogDigest", "Outcome", "Transition"]
