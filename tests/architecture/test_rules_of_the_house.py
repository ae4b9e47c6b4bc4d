"""What the whole project has agreed on, read off its code."""

import ast
import re
import statistics

import django.conf.global_settings
import pytest
from allauth.account import app_settings as allauth_settings

import eeportal.settings
from eeportal.catalogues.collect import KEYWORDS
from eeportal.launch import checks
from tests.architecture.reading import PROJECT, dotted, modules

CLOCK = re.compile(
    r"(^|\.)(timezone\.now|datetime\.(now|utcnow|today)|date\.today|time\.(time|time_ns|localtime|gmtime)|localdate|"
    r"localtime|auto_now|auto_now_add|Now|TransactionNow)$"
)
SQL_CLOCK = re.compile(
    r"\b(now\(\)|current_timestamp|current_date|clock_timestamp|statement_timestamp)", re.IGNORECASE
)
SQL_STATE = re.compile(r"\bUPDATE\b[^;]*\bSET\b[^;]*\bstate\s*=", re.IGNORECASE | re.DOTALL)
WRITERS = {"update", "create", "get_or_create", "update_or_create", "aupdate", "acreate"}
BANNED_MODULES = {"utils", "helpers", "common", "core", "misc"}
LEFT_OVERS = re.compile(r"#.*\b([T]ODO|[F]IXME|[X]XX)\b|# [n]oqa|# [t]ype: ignore")
LONGEST_FILE = 400
LONGEST_FUNCTION = 50


def test_only_the_clock_reads_the_systems_time() -> None:
    readers = [
        module.at(node)
        for module in modules()
        if module.name != "lifecycle.clock"
        for node in module.nodes()
        if (isinstance(node, ast.Attribute | ast.Name) and CLOCK.search(dotted(node)))
        or (isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"})
    ]
    assert readers == []


def test_no_sql_reads_the_databases_time() -> None:
    readers = [
        f"{module.name}:{line}"
        for module in modules()
        for line, text in module.strings()
        if SQL_CLOCK.search(text)
    ]
    assert readers == []


def test_no_template_reads_the_systems_time() -> None:
    readers = [path for path in (PROJECT / "templates").rglob("*.html") if "{% now" in path.read_text()]
    assert readers == []


def test_nobody_but_lifecycle_writes_a_state() -> None:
    writers = []
    for module in modules():
        if module.room == "lifecycle" or module.is_migration:
            continue
        writers += [module.at(node) for node in module.nodes() if writes_state(node, "models" in module.name)]
        writers += [f"{module.name}:{line}" for line, text in module.strings() if SQL_STATE.search(text)]
    assert writers == []


def writes_state(node: ast.AST, in_model: bool = True) -> bool:
    """Whether a piece of code sets the state of a thing; outside the models, self is no thing with a state."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        written = [t for t in targets if isinstance(t, ast.Attribute) and t.attr == "state"]
        return any(in_model or dotted(target) != "self.state" for target in written)
    if not isinstance(node, ast.Call):
        return False
    name = dotted(node.func).rpartition(".")[2]
    if name in WRITERS:
        return any(keyword.arg == "state" for keyword in node.keywords)
    if name in {"bulk_update", "setattr"}:
        return any(isinstance(part, ast.Constant) and part.value == "state" for part in ast.walk(node))
    return False


def test_a_writer_of_a_state_would_be_found() -> None:
    for code in (
        "profile.state = 'x'",
        "self.state = 'x'",
        "Profile.objects.filter(pk=1).update(state='x')",
        "Profile.objects.bulk_update(rows, ['state'])",
        "setattr(profile, 'state', 'x')",
    ):
        assert any(writes_state(node) for node in ast.walk(ast.parse(code))), code
    assert SQL_STATE.search("UPDATE profiles_poolentry SET state = 'x'")


def test_there_are_no_signals_and_no_overridden_saves() -> None:
    found = []
    for module in modules():
        for node in module.nodes():
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                ("django.dispatch", "django.db.models.signals", "django.core.signals", "celery.signals")
            ):
                found.append(module.at(node))
            if (
                isinstance(node, ast.FunctionDef)
                and node.name in {"save", "delete"}
                and "models" in module.name
            ):
                found.append(module.at(node))
    assert found == []


def test_every_setting_that_is_read_is_set_in_the_settings() -> None:
    known = set(dir(eeportal.settings)) | set(dir(django.conf.global_settings))
    known |= {f"ACCOUNT_{name}" for name in dir(allauth_settings)}
    unknown = [
        module.at(node)
        for module in modules()
        for node in module.nodes()
        if isinstance(node, ast.Attribute) and dotted(node.value) == "settings" and node.attr.isupper()
        if node.attr not in known
    ]
    assert unknown == []


def test_only_the_settings_and_the_launcher_read_the_environment() -> None:
    allowed = {
        "eeportal.environment",
        "eeportal.celery",
        "eeportal.wsgi",
        "eeportal.server",
        "partner.__main__",
    }
    readers = [
        module.at(node)
        for module in modules()
        if module.name not in allowed and not module.name.startswith("eeportal.launch")
        for node in module.nodes()
        if dotted(node).startswith(("os.environ", "os.getenv"))
    ]
    assert readers == []


def test_files_and_functions_are_short() -> None:
    long = []
    for module in modules():
        lines = module.path.read_text().count("\n")
        if lines > LONGEST_FILE and not module.is_migration:
            long.append(f"{module.name}: {lines} lines")
        for node in module.nodes():
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long.append(f"{module.at(node)}: {node.name} has {length} lines")
    assert long == []


def test_most_functions_fit_in_a_glance() -> None:
    lengths = [
        (node.end_lineno or 0) - node.lineno + 1
        for module in modules()
        for node in module.nodes()
        if isinstance(node, ast.FunctionDef)
    ]
    assert statistics.median(lengths) <= 10


def test_texts_are_marked_by_names_that_the_collector_knows() -> None:
    unknown = [
        f"{module.at(node)} {alias.asname}"
        for module in modules()
        for node in module.nodes()
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name and (alias.asname or alias.name) not in KEYWORDS
    ]
    assert not unknown, "These texts would never be translated:\n" + "\n".join(unknown)


def test_no_module_is_called_after_nothing() -> None:
    assert [module.name for module in modules() if BANNED_MODULES & set(module.name.split("."))] == []


def test_nothing_is_left_for_later_or_hushed_up() -> None:
    found = [
        f"{path.relative_to(PROJECT)}:{number}"
        for module in (*modules(), *modules("tests"))
        for path in [module.path]
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if LEFT_OVERS.search(line)
    ]
    assert found == []


def test_no_file_names_a_registry_or_one_machines_paths() -> None:
    assert checks.foreign_words() is None


def locked(path: str) -> list[str]:
    """What a lock tells of each package: its name and version with its hashes."""
    return re.split(r"\n(?=\S)", (PROJECT / path).read_text().strip())


@pytest.mark.parametrize("path", ["requirements.lock", "bench/requirements.lock"])
def test_every_locked_package_has_its_hash(path: str) -> None:
    assert [entry.split()[0] for entry in locked(path) if "--hash=sha256:" not in entry] == []


def test_the_benchmark_has_all_that_the_portal_needs_at_the_same_versions() -> None:
    assert set(locked("requirements.lock")) <= set(locked("bench/requirements.lock"))
