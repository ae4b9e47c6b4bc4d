"""The history of the jobs; those of this release are known from now on, so that one that never runs is missed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lifecycle import clock

JOBS = (
    "lapse_drafts expire_profiles assess_due lapse_invitations deliver_messages announce_rounds lapse_nominations "
    "remind_candidates remind_invited run_due_rounds send_ways_back tell_of_waits forget_unconfirmed_subscriptions "
    "forget_abandoned forget_old_tries forget_ended_sessions fold_tallies"
)


def know_them(apps, _schema_editor):
    apps.get_model("lifecycle", "JobState").objects.bulk_create(
        apps.get_model("lifecycle", "JobState")(job=job, known_since=clock.real_now()) for job in JOBS.split()
    )


class Migration(migrations.Migration):

    dependencies = [
        ('lifecycle', '0003_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='JobState',
            fields=[
                ('job', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('known_since', models.DateTimeField()),
                ('started_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=10)),
                ('well_at', models.DateTimeField(null=True)),
                ('runs', models.BigIntegerField(default=0)),
                ('done', models.BigIntegerField(default=0)),
                ('alerted_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'job',
                'verbose_name_plural': 'jobs',
                'ordering': ['job'],
            },
        ),
        migrations.CreateModel(
            name='JobRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.CharField(max_length=40)),
                ('outcome', models.CharField(max_length=10)),
                ('asked_at', models.DateTimeField(null=True)),
                ('started_at', models.DateTimeField(null=True)),
                ('progress_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField(help_text="On the portal's clock.", null=True)),
                ('done', models.BigIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=80)),
                ('asked_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'run of a job',
                'verbose_name_plural': 'runs of jobs',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['job', '-id'], name='lifecycle_j_job_008e17_idx'), models.Index(condition=models.Q(('outcome__in', ['waiting', 'running'])), fields=['job'], name='job_runs_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('outcome', 'waiting')), fields=('job',), name='asked_for_once')],
            },
        ),
        migrations.RunPython(know_them, migrations.RunPython.noop),
    ]
