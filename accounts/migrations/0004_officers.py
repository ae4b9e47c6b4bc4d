"""Officers are those with a role; what they do stays written down."""

from django.db import migrations, models

ROLE_FROM_FLAG = "UPDATE accounts_user SET role = 'administrator' WHERE is_staff OR is_superuser"
FLAG_FROM_ROLE = "UPDATE accounts_user SET is_staff = true WHERE role <> ''"

# The function refuse_change stands in lifecycle's migrations.
APPEND_ONLY = """
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON accounts_officeraction
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0003_notices_tell_more_addresses"),
        ("lifecycle", "0002_append_only_log"),
    ]

    operations = [
        migrations.RunSQL(ROLE_FROM_FLAG, FLAG_FROM_ROLE),
        migrations.RemoveField(model_name="user", name="is_staff"),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(is_superuser=False) | models.Q(role="administrator"),
                name="superuser_is_administrator",
            ),
        ),
        migrations.AlterField(
            model_name="onetimecode",
            name="purpose",
            field=models.CharField(
                max_length=20,
                choices=[
                    ("verify_email", "verify an e-mail address"),
                    ("sign_in", "second factor at sign-in"),
                    ("change_email", "change of the e-mail address"),
                    ("recover", "way back into an account"),
                    ("prove_again", "second factor before an officer's act"),
                ],
            ),
        ),
        migrations.RunSQL(APPEND_ONLY, "DROP TRIGGER append_only ON accounts_officeraction"),
    ]
