"""What is told beside the facts is kept whole, the names among it; once the account is closed it may be emptied."""

from django.db import migrations, models

PERSONAL_MAY_GO = """
    CREATE FUNCTION refuse_change_but_personal_gone() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE'
            AND NEW.personal = '{}'::jsonb AND NEW.signed_as = ''
            AND to_jsonb(NEW) - 'personal' - 'signed_as' = to_jsonb(OLD) - 'personal' - 'signed_as'
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
    UPDATE profiles_submission SET personal = jsonb_build_object('identity', personal) WHERE personal <> '{}'::jsonb;
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON profiles_submission
        FOR EACH ROW EXECUTE FUNCTION refuse_change_but_personal_gone();
    DROP FUNCTION refuse_change_but_names_gone();
"""

class Migration(migrations.Migration):
    dependencies = [
        ("profiles", "0003_names_of_closed_accounts"),
        ("lifecycle", "0002_append_only_log"),
    ]

    operations = [
        migrations.RenameField("submission", "identity", "personal"),
        migrations.AlterField(
            "submission",
            "personal",
            models.JSONField(
                blank=True,
                default=dict,
                help_text="What was told beside the facts: names, contact, employers.",
            ),
        ),
        migrations.RunSQL(PERSONAL_MAY_GO),
    ]
