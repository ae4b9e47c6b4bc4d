from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0005_tries_by_their_instants"),
    ]

    operations = [
        migrations.AddField(
            model_name="recovery",
            name="mail_due",
            field=models.BooleanField(
                db_default=False, default=False, help_text="Its code or its link is still to be sent by e-mail."
            ),
        ),
    ]
