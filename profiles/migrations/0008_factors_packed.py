"""Keep the factors packed in one column: a whole pool of them is read in a fraction of the time.

What is kept can be read from the facts again (manage.py rescore), so the table is made anew in either direction.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("profiles", "0007_kept_factors")]

    operations = [
        migrations.DeleteModel(name="KeptFactors"),
        migrations.CreateModel(
            name="KeptFactors",
            fields=[
                ("profile", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="kept", serialize=False, to="profiles.profile")),
                ("basis", models.CharField(max_length=16)),
                ("version", models.CharField(max_length=16)),
                ("until", models.DateField()),
                ("packed", models.BinaryField()),
            ],
            options={
                "verbose_name": "kept factors",
                "verbose_name_plural": "kept factors",
                "db_table": "pool_factors",
                "indexes": [
                    models.Index(fields=["version"], name="factors_by_version"),
                    models.Index(fields=["basis"], name="factors_by_basis"),
                    models.Index(fields=["until"], name="factors_until"),
                ],
            },
        ),
    ]
