"""The database itself keeps the log append-only, and refuses a new state that the log does not know."""

from django.db import migrations

REFUSE_CHANGE = """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME;
    END $$;
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON lifecycle_transition
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON lifecycle_clocktravel
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""

# Used by the rooms that hold states, as a deferred constraint trigger with (machine, key column) as arguments.
REQUIRE_LOG = """
    CREATE FUNCTION require_log() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        known varchar;
    BEGIN
        SELECT target INTO known FROM lifecycle_transition
        WHERE machine = TG_ARGV[0] AND thing_id = (to_jsonb(NEW) ->> TG_ARGV[1])::bigint
        ORDER BY id DESC LIMIT 1;
        EXECUTE format('SELECT state FROM %I WHERE %I = $1', TG_TABLE_NAME, TG_ARGV[1])
            INTO NEW.state USING (to_jsonb(NEW) ->> TG_ARGV[1])::bigint;
        IF NEW.state IS DISTINCT FROM known THEN
            RAISE EXCEPTION 'the state of % % changed without a row in the log', TG_ARGV[0],
                to_jsonb(NEW) ->> TG_ARGV[1];
        END IF;
        RETURN NULL;
    END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("lifecycle", "0001_initial")]

    operations = [
        migrations.RunSQL(
            REFUSE_CHANGE,
            "DROP TRIGGER append_only ON lifecycle_transition;"
            "DROP TRIGGER append_only ON lifecycle_clocktravel;"
            "DROP FUNCTION refuse_change();",
        ),
        migrations.RunSQL(REQUIRE_LOG, "DROP FUNCTION require_log();"),
    ]
