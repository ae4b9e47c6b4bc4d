"""Users, their credentials, messages, sessions' leftovers, and what is written down about them."""

from accounts.models.credentials import OneTimeCode, Purpose, Recovery, RecoveryQuestion
from accounts.models.kept import KeptForm
from accounts.models.limits import Allowance, Tally
from accounts.models.messages import NOTICE, Message
from accounts.models.records import AccountEvent, OfficerAction
from accounts.models.refusals import Refusable, due
from accounts.models.sessions import EndedSession, Session
from accounts.models.subscriptions import Subscription
from accounts.models.users import Role, User

__all__ = [
    "NOTICE",
    "AccountEvent",
    "Allowance",
    "EndedSession",
    "KeptForm",
    "Message",
    "OfficerAction",
    "OneTimeCode",
    "Purpose",
    "Recovery",
    "RecoveryQuestion",
    "Refusable",
    "Role",
    "Session",
    "Subscription",
    "Tally",
    "User",
    "due",
]
