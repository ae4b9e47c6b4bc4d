"""A job that fails in the same way again and again has one line for it, which counts."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('lifecycle', '0005_log_digests'),
    ]

    operations = [
        migrations.AddField(
            model_name='jobrun',
            name='times',
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
    ]
