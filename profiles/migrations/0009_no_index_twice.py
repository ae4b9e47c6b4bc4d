"""Check a line of the score history by its submission alone, and drop an index that is the beginning of another."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('profiles', '0008_factors_packed'),
    ]

    operations = [
        migrations.AlterField(
            model_name='assessment',
            name='profile',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='profiles.profile'),
        ),
        migrations.AlterField(
            model_name='submission',
            name='profile',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='profiles.profile'),
        ),
    ]
