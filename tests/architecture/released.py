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

LOOKED_AT = {
    ("draws", "0007_instructions", "add round.authority"): "0009 gives it a default in the database",
    ("draws", "0007_instructions", "add round.category_version"): "0009 gives it a default in the database",
    (
        "draws",
        "0007_instructions",
        "add round.confirmed_instruction",
    ): "0009 gives it a default in the database",
}
"""(app, migration, change) -> why the release before can live with it."""
