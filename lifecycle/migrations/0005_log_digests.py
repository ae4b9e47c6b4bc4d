"""Digests that seal the logs day by day; the database refuses to change one. `refuse_change` stands in 0002."""

from django.db import migrations, models

APPEND_ONLY = """
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON lifecycle_logdigest
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('lifecycle', '0004_job_history'),
    ]

    operations = [
        migrations.CreateModel(
            name='LogDigest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('log', models.CharField(max_length=40)),
                ('day', models.DateField()),
                ('after_id', models.BigIntegerField()),
                ('last_id', models.BigIntegerField()),
                ('rows', models.BigIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'digest of a log',
                'verbose_name_plural': 'digests of the logs',
                'ordering': ['log', 'id'],
                'constraints': [models.UniqueConstraint(fields=('log', 'day'), name='one_digest_a_day')],
            },
        ),
        migrations.RunSQL(APPEND_ONLY, "DROP TRIGGER append_only ON lifecycle_logdigest;"),
    ]
