"""Nominations, scenarios, reminders, and who is the same person."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


NOMINATION_IS_LOGGED = """
    CREATE CONSTRAINT TRIGGER state_is_logged AFTER UPDATE OF state ON profiles_nomination
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_log('nomination', 'id');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('profiles', '0004_what_is_told_beside_the_facts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Nomination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province', models.CharField(max_length=2, verbose_name='province or territory')),
                ('state', models.CharField(choices=[('told', 'Waiting for the province'), ('confirmed', 'Waiting for your answer'), ('accepted', 'Accepted'), ('refused', 'Not accepted'), ('lapsed', 'Not answered in time'), ('dropped', 'No longer stated')], editable=False, max_length=20)),
                ('told_at', models.DateTimeField(verbose_name='told by the candidate')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed by the province')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='issued on')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='valid until')),
            ],
            options={
                'verbose_name': 'nomination',
                'verbose_name_plural': 'nominations',
                'ordering': ['-told_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('about', models.CharField(help_text="'draft 12', or a profile's number.", max_length=40)),
                ('due_on', models.DateField()),
            ],
            options={
                'verbose_name': 'reminder',
                'verbose_name_plural': 'reminders',
            },
        ),
        migrations.CreateModel(
            name='Scenario',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('facts', models.JSONField()),
                ('made_at', models.DateTimeField(help_text="On the portal's clock.")),
            ],
            options={
                'verbose_name': 'scenario',
                'verbose_name_plural': 'scenarios',
                'ordering': ['made_at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='profile',
            name='person',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=64),
        ),
        migrations.AddIndex(
            model_name='profile',
            index=models.Index(condition=models.Q(('person', ''), _negated=True), fields=['person'], name='profile_of_a_person'),
        ),
        migrations.AddField(
            model_name='nomination',
            name='profile',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='profiles.profile'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='scenario',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scenarios', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='nomination',
            index=models.Index(condition=models.Q(('state', 'confirmed')), fields=['confirmed_at'], name='nomination_due'),
        ),
        migrations.AddConstraint(
            model_name='nomination',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('told', 'confirmed', 'accepted'))), fields=('profile',), name='one_open_nomination'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('about', 'kind', 'due_on'), name='one_reminder_a_day_and_kind'),
        ),
        migrations.RunSQL(NOMINATION_IS_LOGGED, "DROP TRIGGER state_is_logged ON profiles_nomination"),
    ]
