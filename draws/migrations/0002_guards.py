"""A round's or an invitation's state changes only with its row in the log."""

from django.db import migrations

GUARDS = """
    CREATE CONSTRAINT TRIGGER state_is_logged AFTER UPDATE OF state ON draws_round
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_log('round', 'id');
    CREATE CONSTRAINT TRIGGER state_is_logged AFTER UPDATE OF state ON draws_invitation
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_log('invitation', 'id');
"""

NO_GUARDS = """
    DROP TRIGGER state_is_logged ON draws_round;
    DROP TRIGGER state_is_logged ON draws_invitation;
"""


class Migration(migrations.Migration):
    dependencies = [("draws", "0001_initial"), ("lifecycle", "0002_append_only_log")]

    operations = [migrations.RunSQL(GUARDS, NO_GUARDS)]
