import hashlib
from datetime import UTC

import django.contrib.postgres.fields
import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from rules.category_versions import versions_on


def complete_what_waits(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Complete the instructions of rounds that have not run, and bind their confirmations to what they say.

    What has run is never changed.
    """
    for held in apps.get_model("draws", "Round").objects.filter(ran_at=None).order_by("pk"):
        by_category = held.round_type == "category"
        grouping = ["10.3(1)(h.1)"] if by_category else []
        held.authority = ", ".join([*grouping, "10.3(1)(i)", "10.3(1)(j)"])
        planned_for = held.planned_for.astimezone(UTC)
        if by_category:
            held.category_version = versions_on(planned_for.date()).get(held.category, "")
        if held.confirmed_by_id is not None:
            said = (
                held.number,
                held.round_type,
                held.programs,
                held.category,
                held.category_version,
                held.size,
                planned_for.isoformat(),
                "",
                held.authority,
            )
            held.confirmed_instruction = hashlib.sha256("|".join(map(str, said)).encode()).hexdigest()
        held.save(update_fields=["authority", "category_version", "confirmed_instruction"])


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("draws", "0006_what_a_round_could_see"),
    ]

    operations = [
        migrations.AddField(
            model_name="round",
            name="authority",
            field=models.CharField(blank=True, default="", max_length=100, verbose_name="authority"),
        ),
        migrations.AddField(
            model_name="round",
            name="category_version",
            field=models.CharField(
                blank=True, default="", max_length=20, verbose_name="version of the category"
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="confirmed_instruction",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="round",
            name="left_at_cutoff",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="round",
            name="left_at_instant",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="round",
            name="period_from",
            field=models.DateField(blank=True, null=True, verbose_name="first of the two dates"),
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("at", models.DateTimeField()),
                ("instruction", models.CharField(max_length=64)),
                ("token", models.CharField(max_length=64)),
                (
                    "profiles",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("cutoff", models.PositiveSmallIntegerField(null=True)),
                ("tie_break_at", models.DateTimeField(null=True)),
                ("entered", models.PositiveIntegerField(null=True)),
                ("left", models.PositiveIntegerField(null=True)),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seen", to="draws.round"
                    ),
                ),
            ],
            options={
                "verbose_name": "confirmed preview",
                "verbose_name_plural": "confirmed previews",
                "ordering": ["round", "pk"],
            },
        ),
        migrations.RunPython(complete_what_waits, migrations.RunPython.noop),
    ]
