"""Let a night's assessments write their history without reading what was sent, and drop an index that is there twice."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('profiles', '0008_factors_packed'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='submission',
            name='one_submission_a_sequence',
        ),
        migrations.AlterField(
            model_name='assessment',
            name='submission',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='profiles.submission'),
        ),
        migrations.AlterField(
            model_name='submission',
            name='profile',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='profiles.profile'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(fields=('profile', 'sequence'), include=('id',), name='one_submission_a_sequence'),
        ),
    ]
