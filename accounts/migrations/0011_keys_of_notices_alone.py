"""Only a notice is looked for by its key: no other message pays for a place in that index."""

import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_refused_mail'),
    ]

    operations = [
        migrations.AlterField(
            model_name='message',
            name='key',
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('kind__startswith', 'notice_')), fields=['key'], name='notice_by_key'),
        ),
    ]
