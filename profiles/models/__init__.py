"""Drafts, profiles, what was submitted, how it was assessed, and the narrow pool.

A draft is one document in the shape of the profile JSON. A submission freezes it. The pool row holds what a round
needs and is the only place of a profile's state.
"""

from profiles.models.drafts import Draft
from profiles.models.kept import KeptFactors
from profiles.models.nominations import Nomination
from profiles.models.pool import PoolEntry
from profiles.models.reminders import Reminder
from profiles.models.scenarios import Scenario
from profiles.models.submitted import Assessment, Profile, Submission
from profiles.models.tallies import PoolTally

__all__ = [
    "Assessment",
    "Draft",
    "KeptFactors",
    "Nomination",
    "PoolEntry",
    "PoolTally",
    "Profile",
    "Reminder",
    "Scenario",
    "Submission",
]
