"""Whether the log that a proof rests on is whole: every move of the table, each from where the one before it ended."""

from collections.abc import Iterator

from draws.models import Invitation, Round
from draws.proving.doubts import Doubt
from draws.proving.past_pools import streamed
from lifecycle.models import Transition
from lifecycle.tables import INVITATION, PROFILE

LOG, INVITATIONS = Transition._meta.db_table, Invitation._meta.db_table

BROKEN = f"""
    SELECT thing_id, id FROM (
        SELECT thing_id, id, source, lag(target, 1, '') OVER (PARTITION BY thing_id ORDER BY id) AS before
        FROM {LOG} WHERE machine = %(machine)s AND id <= %(log_to)s
    ) AS moves WHERE source <> before ORDER BY id
"""
# Compared as text, because a row of the table is three words.
UNKNOWN = f"""
    SELECT thing_id, id FROM {LOG}
    WHERE machine = %(machine)s AND id <= %(log_to)s
      AND source || '>' || event || '>' || target <> ALL(%(rows)s) ORDER BY id
"""
DISAGREE = f"""
    SELECT DISTINCT coalesce(logged.thing_id, invited.profile_id) FROM (
        SELECT thing_id FROM {LOG}
        WHERE machine = %(machine)s AND event = 'invite' AND cause = %(cause)s AND id > %(log_to)s
    ) AS logged
    FULL JOIN (SELECT id, profile_id FROM {INVITATIONS} WHERE round_id = %(round)s) AS invited
        ON invited.profile_id = logged.thing_id
    LEFT JOIN (
        SELECT thing_id FROM {LOG}
        WHERE machine = %(invitation)s AND event = 'issue' AND cause = %(cause)s AND id > %(log_to)s
    ) AS issued ON issued.thing_id = invited.id
    WHERE logged.thing_id IS NULL OR invited.id IS NULL OR issued.thing_id IS NULL ORDER BY 1
"""


def of_log(held: Round) -> Iterator[Doubt]:
    """Yield what is wrong with the profiles' log up to the round, and with what it says of the round's invitations."""
    known = {
        "machine": PROFILE.name,
        "invitation": INVITATION.name,
        "log_to": held.log_to,
        "round": held.pk,
        "cause": f"round {held.number}",
        "rows": [">".join(map(str, row)) for row in PROFILE.rows],
    }
    for kind, sql in (("chain", BROKEN), ("table", UNKNOWN)):
        for profile_id, row in streamed(sql, known):
            yield Doubt(kind, profile_id, row=row)
    for (profile_id,) in streamed(DISAGREE, known):
        yield Doubt("invite", profile_id)
