"""The append-only log of every move, the moves of the portal's clock, and the history of the jobs."""

from lifecycle.models.job_history import JobRun, JobState, Outcome
from lifecycle.models.log import ClockTravel, Transition

__all__ = ["ClockTravel", "JobRun", "JobState", "Outcome", "Transition"]
