"""What the release before knows of the database, and which changes since then were looked at one by one.

While an upgrade goes on, web processes and workers of the release before run on the new schema (docs/operations.md).
So a migration may add what they need not know; it may not take away, rename or narrow what they use. That comes one
release later, when nobody uses it any more. With each release: the newest migrations go into ``BEFORE``, and
``LOOKED_AT`` begins anew.
"""

BEFORE = {
    "accounts": "0010_refused_mail",
    "draws": "0003_confirmed_by",
    "eligibility": "0002_example_titles",
    "lifecycle": "0003_words",
    "profiles": "0005_nominations_scenarios_reminders",
    "simulation": "0001_initial",
}
"""The newest migration of each app in the release before."""

LESS_TO_CHECK = "what the database no longer indexes or checks twice, nobody can miss"

LOOKED_AT = {
    ("accounts", "0011_keys_of_notices_alone", "alter accountevent.account"): LESS_TO_CHECK,
    ("accounts", "0011_keys_of_notices_alone", "alter keptform.account"): LESS_TO_CHECK,
    ("accounts", "0011_keys_of_notices_alone", "alter message.account"): LESS_TO_CHECK,
    ("accounts", "0011_keys_of_notices_alone", "alter message.key"): "keys are drawn from 122 random bits",
    ("accounts", "0011_keys_of_notices_alone", "alter onetimecode.account"): LESS_TO_CHECK,
    ("accounts", "0011_keys_of_notices_alone", "alter recoveryquestion.account"): LESS_TO_CHECK,
    (
        "accounts",
        "0011_keys_of_notices_alone",
        "AddIndex message",
    ): "made in a second for a million",
    ("draws", "0011_no_index_twice", "alter invitation.round"): LESS_TO_CHECK,
    ("profiles", "0009_what_was_sent_is_not_read", "alter assessment.submission"): LESS_TO_CHECK,
    ("profiles", "0009_what_was_sent_is_not_read", "alter submission.profile"): LESS_TO_CHECK,
    (
        "profiles",
        "0009_what_was_sent_is_not_read",
        "AddConstraint submission",
    ): "the same, with a column beside it",
    ("draws", "0007_instructions", "add round.authority"): "0009 gives it a default in the database",
    ("draws", "0007_instructions", "add round.category_version"): "0009 gives it a default in the database",
    (
        "draws",
        "0007_instructions",
        "add round.confirmed_instruction",
    ): "0009 gives it a default in the database",
}
"""(app, migration, change) -> why the release before can live with it."""
