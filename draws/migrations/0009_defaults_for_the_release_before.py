"""Columns that the release before does not know fill themselves in the database while both releases run."""

from django.db import migrations

COLUMNS = ("authority", "category_version", "confirmed_instruction")


class Migration(migrations.Migration):
    dependencies = [("draws", "0008_recurring_plans")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE draws_round ALTER COLUMN {column} SET DEFAULT ''",
            f"ALTER TABLE draws_round ALTER COLUMN {column} DROP DEFAULT",
        )
        for column in COLUMNS
    ]
