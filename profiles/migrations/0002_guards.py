"""What was sent and how it was scored is never changed; a state changes only with its row in the log."""

from django.db import migrations

GUARDS = """
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON profiles_submission
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON profiles_assessment
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE CONSTRAINT TRIGGER state_is_logged AFTER UPDATE OF state ON pool
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_log('profile', 'profile_id');
    CREATE CONSTRAINT TRIGGER state_is_logged AFTER UPDATE OF state ON profiles_draft
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_log('draft', 'id');
"""

NO_GUARDS = """
    DROP TRIGGER append_only ON profiles_submission;
    DROP TRIGGER append_only ON profiles_assessment;
    DROP TRIGGER state_is_logged ON pool;
    DROP TRIGGER state_is_logged ON profiles_draft;
"""


class Migration(migrations.Migration):
    dependencies = [("profiles", "0001_initial"), ("lifecycle", "0002_append_only_log")]

    operations = [migrations.RunSQL(GUARDS, NO_GUARDS)]
