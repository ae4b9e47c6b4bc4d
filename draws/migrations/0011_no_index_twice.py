"""Drop the indexes that are the beginning of another: whoever writes a row pays for each."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('draws', '0010_what_was_seen_stays'),
    ]

    operations = [
        migrations.AlterField(
            model_name='invitation',
            name='round',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='draws.round'),
        ),
        migrations.AlterField(
            model_name='occurrence',
            name='plan',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='occurrences', to='draws.recurringplan'),
        ),
        migrations.AlterField(
            model_name='recurringstep',
            name='plan',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='draws.recurringplan'),
        ),
    ]
