"""The release before goes on working while the database is already that of the next one."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, migrations, models
from django.db.migrations import operations as known
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED

from tests.architecture.released import BEFORE, LOOKED_AT

ADDS = (
    known.CreateModel, known.AlterModelOptions, known.AlterModelManagers, known.RemoveConstraint, known.RunSQL,
    known.RunPython,
)  # fmt: skip
"""What adds only, or loosens. Raw statements are tried by tests/recovery/test_upgrade.py."""
Named = tuple[str, str, str]


def loader() -> MigrationLoader:
    return MigrationLoader(None, ignore_no_migrations=True)


def since_the_release_before(found: MigrationLoader) -> Iterator[tuple[str, migrations.Migration]]:
    for (app, name), migration in sorted(found.disk_migrations.items()):
        if app in BEFORE and name > BEFORE[app]:
            yield app, migration


def changes() -> Iterator[Named]:
    """Every change since the release before that its code could trip on."""
    found = loader()
    state = found.project_state([(app, name) for app, name in BEFORE.items()])
    old_models = set(state.models)
    for app, migration in since_the_release_before(found):
        before = found.project_state((app, migration.name), at_end=False)
        for operation in migration.operations:
            if trips(operation, before, app, old_models):
                yield app, migration.name, named(operation)
            operation.state_forwards(app, before)


def trips(operation: Operation, before: ProjectState, app: str, old_models: set[tuple[str, str]]) -> bool:
    """Whether code that knows only ``old_models``, as they were, could trip on a change."""
    if isinstance(operation, ADDS):
        return False
    model = str(getattr(operation, "model_name", "") or getattr(operation, "name", "")).lower()
    if (app, model) not in old_models:
        return False
    if isinstance(operation, known.AddField):
        return not fills_itself(operation.field)
    if isinstance(operation, known.AlterField):
        old = before.models[app, model].fields[operation.name]
        return columns_differ(old, operation.field)
    return True


def fills_itself(field: Any) -> bool:
    return bool(field.null or field.many_to_many or field.db_default is not NOT_PROVIDED)


def columns_differ(old: Any, new: Any) -> bool:
    if old.is_relation:  # its columns are not known before the other model is
        return bool(old.deconstruct()[1:] != new.deconstruct()[1:])
    for number, field in enumerate((old, new)):
        field.set_attributes_from_name(f"field{number}")
        field.column = "column"
    editor: Any = connection.schema_editor(collect_sql=True)
    return bool(editor._field_should_be_altered(old, new))


def named(operation: Operation) -> str:
    verb = {known.AddField: "add", known.AlterField: "alter", known.RemoveField: "remove"}
    word = verb.get(type(operation), type(operation).__name__)
    where = [str(getattr(operation, name, "")).lower() for name in ("model_name", "name")]
    return f"{word} {'.'.join(filter(None, where))}"


@pytest.mark.parametrize("app", sorted(BEFORE))
def test_every_app_has_one_newest_migration(app: str) -> None:
    assert len(loader().graph.leaf_nodes(app)) == 1


def test_the_release_before_is_one_that_there_was() -> None:
    assert set(BEFORE.items()) <= set(loader().disk_migrations)


@pytest.mark.django_db
def test_no_migration_takes_from_the_release_before_what_it_uses() -> None:
    found = [change for change in changes() if change not in LOOKED_AT]
    assert found == [], (
        "Add first and take away one release later, or say in released.py why this one is safe."
    )


@pytest.mark.django_db
def test_what_was_looked_at_is_still_there() -> None:
    assert set(LOOKED_AT) <= set(changes())


def test_no_index_is_the_beginning_of_another() -> None:
    """Whoever writes a row pays for each of its indexes."""
    twice = []
    for model in apps.get_models():
        if model._meta.app_label not in BEFORE:
            continue
        listed = [*model._meta.indexes, *model._meta.constraints]
        first = {
            one.fields[0].lstrip("-") for one in listed if getattr(one, "fields", ()) and not one.condition
        }
        indexed = [field for field in model._meta.local_fields if getattr(field, "db_index", False)]
        twice += [
            f"{model._meta.label}.{field.name}: db_index=False"
            for field in indexed
            if field.name in first and not field.unique
        ]
    assert not twice


def field(**told: Any) -> Any:
    return models.CharField(max_length=9, **told)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("operation", "refused"),
    [
        (known.AddField("round", "colour", field()), True),
        (known.AddField("round", "colour", field(null=True)), False),
        (known.AddField("round", "colour", field(db_default="")), False),
        (known.RemoveField("round", "size"), True),
        (known.RenameField("round", "size", "number_of_invitations"), True),
        (known.RenameModel("Round", "Draw"), True),
        (known.DeleteModel("Invitation"), True),
        (known.AlterField("round", "category", field()), True),
        (known.AddIndex("round", models.Index(fields=["size"], name="by_size")), True),
        (known.AlterModelOptions("round", {"verbose_name": "draw"}), False),
        (known.CreateModel("Thing", [("id", models.BigAutoField(primary_key=True))]), False),
    ],
)
def test_a_change_that_would_trip_the_release_before_is_found(operation: Operation, refused: bool) -> None:
    state = loader().project_state(("draws", BEFORE["draws"]))
    assert trips(operation, state, "draws", set(state.models)) is refused
