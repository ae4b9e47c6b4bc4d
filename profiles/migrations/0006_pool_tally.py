"""How many are in the pool at each score, kept by the database itself: every statement appends what it changed.

Statement triggers see all rows of a statement at once, so a round of thousands appends one row for each score.
The triggers come first and lock the pool against writers until the migration commits; the first count follows
them, so that no change is missed or counted twice.
"""

from django.db import migrations, models

TRIGGERS = """
    CREATE FUNCTION tally_pool() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            INSERT INTO pool_tally (score, change)
            SELECT score, count(*) FROM after_rows WHERE state = 'in_pool' GROUP BY score;
        ELSIF TG_OP = 'DELETE' THEN
            INSERT INTO pool_tally (score, change)
            SELECT score, -count(*) FROM before_rows WHERE state = 'in_pool' GROUP BY score;
        ELSIF TG_OP = 'UPDATE' THEN
            INSERT INTO pool_tally (score, change)
            SELECT score, sum(change) FROM (
                SELECT score, 1 AS change FROM after_rows WHERE state = 'in_pool'
                UNION ALL SELECT score, -1 FROM before_rows WHERE state = 'in_pool'
            ) AS changed GROUP BY score HAVING sum(change) <> 0;
        ELSE
            DELETE FROM pool_tally;
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER tally_arrivals AFTER INSERT ON pool REFERENCING NEW TABLE AS after_rows
        FOR EACH STATEMENT EXECUTE FUNCTION tally_pool();
    CREATE TRIGGER tally_changes AFTER UPDATE ON pool
        REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
        FOR EACH STATEMENT EXECUTE FUNCTION tally_pool();
    CREATE TRIGGER tally_departures AFTER DELETE ON pool REFERENCING OLD TABLE AS before_rows
        FOR EACH STATEMENT EXECUTE FUNCTION tally_pool();
    CREATE TRIGGER tally_nothing AFTER TRUNCATE ON pool
        FOR EACH STATEMENT EXECUTE FUNCTION tally_pool();
    INSERT INTO pool_tally (score, change)
        SELECT score, count(*) FROM pool WHERE state = 'in_pool' GROUP BY score;
"""

NO_TRIGGERS = """
    DROP TRIGGER tally_arrivals ON pool;
    DROP TRIGGER tally_changes ON pool;
    DROP TRIGGER tally_departures ON pool;
    DROP TRIGGER tally_nothing ON pool;
    DROP FUNCTION tally_pool();
"""


class Migration(migrations.Migration):
    dependencies = [("profiles", "0005_nominations_scenarios_reminders")]

    operations = [
        migrations.CreateModel(
            name="PoolTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.PositiveSmallIntegerField()),
                ("change", models.IntegerField()),
            ],
            options={
                "verbose_name": "pool tally",
                "verbose_name_plural": "pool tallies",
                "db_table": "pool_tally",
            },
        ),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
