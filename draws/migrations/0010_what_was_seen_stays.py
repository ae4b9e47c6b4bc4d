from django.db import migrations

# What an officer saw stays as it was; how far what came differed from it is written once.
GUARDS = """
    CREATE FUNCTION refuse_change_of_what_was_seen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND OLD.entered IS NULL
            AND to_jsonb(NEW) - ARRAY['entered', 'left'] = to_jsonb(OLD) - ARRAY['entered', 'left'] THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a preview that was confirmed is never changed or deleted, and compared once';
    END $$;
    CREATE TRIGGER seen_stays BEFORE UPDATE OR DELETE ON draws_seen
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_what_was_seen();
"""

NO_GUARDS = """
    DROP TRIGGER seen_stays ON draws_seen;
    DROP FUNCTION refuse_change_of_what_was_seen();
"""


class Migration(migrations.Migration):
    dependencies = [("draws", "0009_defaults_for_the_release_before")]

    operations = [migrations.RunSQL(GUARDS, NO_GUARDS)]
