"""What the database promises, a row a promise: a sentence, and a query that finds whatever breaks it.

A query's rows are what breaks the promise, in an order; their columns fill ``{0}``, ``{1}`` of the sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.apps import apps

from accounts.models import Message, User
from draws.models import Invitation, Round, RoundCorrection
from lifecycle.models import Transition
from lifecycle.tables import MACHINES, Machine
from profiles.models import Assessment, PoolEntry, Profile, Submission
from rules.programs import PROGRAM_BITS

FEDERAL = PROGRAM_BITS["CEC"] | PROGRAM_BITS["FSW"] | PROGRAM_BITS["FST"]
LOG, POOL, PROFILE = (model._meta.db_table for model in (Transition, PoolEntry, Profile))
SENT, ASSESSED, MESSAGE = (model._meta.db_table for model in (Submission, Assessment, Message))
ROUND, INVITATION, CORRECTION = (model._meta.db_table for model in (Round, Invitation, RoundCorrection))
ACCOUNT = User._meta.db_table


@dataclass(frozen=True, slots=True)
class Promise:
    """``said`` tells of one row that breaks it; ``name`` stands for it in JSON."""

    name: str
    said: str
    sql: str


def promises() -> Sequence[Promise]:
    """Return every promise that one query can test."""
    return (*_of_log(), *_OF_POOL, *_OF_ROUNDS, *_OF_MESSAGES)


def _of_log() -> tuple[Promise, ...]:
    replays = tuple(_replay(machine) for machine in MACHINES.values())
    rows = ", ".join(
        f"('{machine.name}', '{source}', '{event}', '{target}')"
        for machine in MACHINES.values()
        for source, event, target in machine.rows
    )
    return (
        *replays,
        Promise(
            "log_chain",
            "Row {0} of the log moves {1} {2} from ‘{3}’, but the row before it left it in ‘{4}’.",
            f"""SELECT id, machine, thing_id, source, before FROM (
                SELECT id, machine, thing_id, source,
                       lag(target, 1, '') OVER (PARTITION BY machine, thing_id ORDER BY id) AS before FROM {LOG}
            ) AS moves WHERE source <> before ORDER BY id""",
        ),
        Promise(
            "log_table",
            "Row {0} of the log is a move of a {1} that the table of moves does not have: {2}.",
            f"""SELECT id, machine, event FROM {LOG} AS log WHERE NOT EXISTS (
                SELECT FROM (VALUES {rows}) AS allowed(machine, source, event, target)
                WHERE (allowed.machine, allowed.source, allowed.event, allowed.target)
                    = (log.machine, log.source, log.event, log.target)
            ) ORDER BY id""",
        ),
    )


def _replay(machine: Machine) -> Promise:
    """The state of each thing is the one to which the log's last move led."""
    meta = apps.get_model(machine.model)._meta
    return Promise(
        f"replay_{machine.name.replace(' ', '_')}",
        f"The {machine.name} {{0}} is in the state ‘{{1}}’; by the log it is in ‘{{2}}’.",
        f"""SELECT coalesce(thing.{meta.pk.column}, log.thing_id), thing.state, log.target
            FROM {meta.db_table} AS thing FULL JOIN (
                SELECT DISTINCT ON (thing_id) thing_id, target FROM {LOG}
                WHERE machine = '{machine.name}' ORDER BY thing_id, id DESC
            ) AS log ON log.thing_id = thing.{meta.pk.column}
            WHERE thing.state IS DISTINCT FROM log.target ORDER BY 1""",
    )


_OF_POOL = (
    Promise(
        "pool_of_each_profile",
        "The profile {0} has no row in the pool's table.",
        f"SELECT number FROM {PROFILE} WHERE NOT EXISTS (SELECT FROM {POOL} WHERE profile_id = id) ORDER BY 1",
    ),
    Promise(
        "pool_as_assessed",
        "The pool has {1} points for the profile {0}, programs {3}, categories {5}; its newest assessment has {2} "
        "points, programs {4}, categories {6}.",
        f"""SELECT profile.number, pool.score, newest.score, pool.programs, newest.programs, pool.categories,
                   newest.categories
            FROM {POOL} AS pool JOIN {PROFILE} AS profile ON profile.id = pool.profile_id
            LEFT JOIN (
                SELECT DISTINCT ON (profile_id) profile_id, score, programs, categories FROM {ASSESSED}
                ORDER BY profile_id, id DESC
            ) AS newest ON newest.profile_id = pool.profile_id
            WHERE (pool.score, pool.programs, pool.categories)
                IS DISTINCT FROM (newest.score, newest.programs, newest.categories) ORDER BY 1""",
    ),
    Promise(
        "score_of_lines",
        "Assessment {0} has {1} points, but its 16 lines, before what caps them, add up to only {2}.",
        f"""SELECT id, score, added FROM {ASSESSED}, LATERAL (SELECT sum(line) AS added FROM unnest(lines) AS line)
            AS sums WHERE added < score OR cardinality(lines) <> 16 ORDER BY id""",
    ),
    Promise(
        "assessed_as_sent",
        "Assessment {0} is one of profile {1}, but of submission {2}, which that profile has not sent.",
        f"""SELECT id, profile_id, submission_id FROM {ASSESSED} AS line WHERE NOT EXISTS (
                SELECT FROM {SENT} AS sent WHERE sent.id = line.submission_id AND sent.profile_id = line.profile_id
            ) ORDER BY id""",
    ),
    Promise(
        "first_submission",
        "The profile {0} breaks ties by {1}, its pool row by {2}; it was first sent on {3}.",
        f"""SELECT profile.number, profile.submitted_at, pool.submitted_at, sent.submitted_at
            FROM {POOL} AS pool JOIN {PROFILE} AS profile ON profile.id = pool.profile_id
            LEFT JOIN {SENT} AS sent ON sent.profile_id = profile.id AND sent.sequence = 1
            WHERE profile.submitted_at <> pool.submitted_at
                OR sent.submitted_at IS DISTINCT FROM pool.submitted_at ORDER BY 1""",
    ),
    Promise(
        "submissions_in_order",
        "The submissions of the profile {0} are numbered up to {1}, but there are {2}.",
        f"""SELECT number, last, count FROM (
                SELECT profile_id, max(sequence) AS last, count(*) AS count FROM {SENT} GROUP BY profile_id
            ) AS sent JOIN {PROFILE} AS profile ON profile.id = profile_id WHERE last <> count ORDER BY 1""",
    ),
    Promise(
        "eligible_in_pool",
        "The profile {0} is ‘{1}’ with the programs {2}.",
        f"""SELECT number, state, programs FROM {POOL} JOIN {PROFILE} ON id = profile_id
            WHERE (state = 'in_pool' AND programs & {FEDERAL} = 0)
                OR (state = 'ineligible' AND programs & {FEDERAL} <> 0) ORDER BY 1""",
    ),
    Promise(
        "invited_with_invitation",
        "The profile {0} is ‘{1}’ and has {2} open invitations.",
        f"""SELECT number, state, coalesce(open, 0) FROM {POOL} JOIN {PROFILE} ON id = profile_id LEFT JOIN (
                SELECT profile_id AS invited, count(*) AS open FROM {INVITATION} WHERE state = 'issued' GROUP BY 1
            ) AS invitations ON invited = profile_id
            WHERE (state = 'invited') <> (coalesce(open, 0) = 1) ORDER BY 1""",
    ),
)

_OF_ROUNDS = (
    Promise(
        "invitations_of_rounds_that_ran",
        "Invitation {0} belongs to round {1}, which is ‘{2}’ and has invited nobody.",
        f"""SELECT invitation.id, number, held.state FROM {INVITATION} AS invitation
            JOIN {ROUND} AS held ON held.id = round_id
            WHERE held.state NOT IN ('completed', 'published') OR held.ran_at IS NULL ORDER BY 1""",
    ),
    Promise(
        "invitations_as_told",
        "Round {0} says that it issued {1} invitations; there are {2}, ranked up to {3}.",
        f"""SELECT number, issued, count(invitation.id), max(rank) FROM {ROUND} AS held
            LEFT JOIN {INVITATION} AS invitation ON round_id = held.id WHERE ran_at IS NOT NULL GROUP BY held.id
            HAVING issued <> count(invitation.id) OR coalesce(max(rank), 0) <> count(invitation.id)
                OR count(DISTINCT rank) <> count(invitation.id) ORDER BY 1""",
    ),
    Promise(
        "cutoff_as_invited",
        "Round {0} has the cut-off {1}; the lowest score of its invitations is {2}.",
        f"""SELECT number, cutoff, min(score) FROM {ROUND} AS held
            LEFT JOIN {INVITATION} AS invitation ON round_id = held.id WHERE ran_at IS NOT NULL GROUP BY held.id
            HAVING cutoff IS DISTINCT FROM min(score) ORDER BY 1""",
    ),
    Promise(
        "corrections_as_told",
        "The corrections of round {0} say that they withdrew {1} invitations; {2} are withdrawn.",
        f"""SELECT number, told, withdrawn FROM {ROUND} AS held,
            LATERAL (SELECT coalesce(sum(withdrawn), 0) AS told FROM {CORRECTION} WHERE round_id = held.id) AS done,
            LATERAL (
                SELECT count(*) AS withdrawn FROM {INVITATION} WHERE round_id = held.id AND state = 'rescinded'
            ) AS there WHERE told <> withdrawn ORDER BY 1""",
    ),
)

_OF_MESSAGES = (
    Promise(
        "messages_once",
        "An account has the message ‘{0}’ of {1} {2} times: first message {3}.",
        f"""SELECT kind, at, count(*), min(id) FROM {MESSAGE} GROUP BY account_id, kind, at, details
            HAVING count(*) > 1 ORDER BY 4""",
    ),
    Promise(
        "invited_are_told",
        "Invitation {0} was told {1} times to its candidate.",
        f"""SELECT invitation.id, coalesce(told, 0) FROM {INVITATION} AS invitation
            JOIN {PROFILE} AS profile ON profile.id = invitation.profile_id
            JOIN {ACCOUNT} AS account ON account.id = profile.account_id LEFT JOIN (
                SELECT (details ->> 'invitation')::bigint AS about, count(*) AS told FROM {MESSAGE}
                WHERE kind = 'invitation' GROUP BY 1
            ) AS messages ON about = invitation.id
            WHERE told > 1 OR (told IS NULL AND account.is_active) ORDER BY 1""",
    ),
)
