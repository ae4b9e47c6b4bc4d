import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """The counts of the last hour begin anew: they are worth no conversion."""

    dependencies = [
        ("accounts", "0004_officers"),
    ]

    operations = [
        migrations.DeleteModel(name="Tally"),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("tries", django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField(), size=None)),
                ("over_at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
