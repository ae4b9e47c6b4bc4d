"""The names in what was sent may be emptied once the account is closed by its owner. Everything else stays as sent."""

from django.db import migrations

NAMES_MAY_GO = """
    CREATE FUNCTION refuse_change_but_names_gone() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE'
            AND NEW.identity = '{}'::jsonb AND NEW.signed_as = ''
            AND to_jsonb(NEW) - 'identity' - 'signed_as' = to_jsonb(OLD) - 'identity' - 'signed_as'
            AND EXISTS (
                SELECT 1 FROM profiles_profile AS profile JOIN accounts_user AS account ON account.id = profile.account_id
                WHERE profile.id = OLD.profile_id AND account.closed_at IS NOT NULL
            )
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME;
    END $$;
    DROP TRIGGER append_only ON profiles_submission;
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON profiles_submission
        FOR EACH ROW EXECUTE FUNCTION refuse_change_but_names_gone();
"""

NAMES_STAY = """
    DROP TRIGGER append_only ON profiles_submission;
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON profiles_submission
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    DROP FUNCTION refuse_change_but_names_gone();
"""


class Migration(migrations.Migration):
    dependencies = [("profiles", "0002_guards"), ("accounts", "0002_secure_accounts")]

    operations = [migrations.RunSQL(NAMES_MAY_GO, NAMES_STAY)]
