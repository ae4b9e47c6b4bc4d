"""Log lines are for machines and people, and hold nobody's data."""

import json
import logging
import sys

from eeportal.logs import JsonFormatter, LineFormatter


def record(message: str = "done", *, error: bool = False, **extra: object) -> logging.LogRecord:
    info = None
    if error:
        try:
            int("Key (email)=(someone@example.org) already exists")
        except ValueError:
            info = sys.exc_info()
    made = logging.LogRecord("draws", logging.ERROR, "services.py", 1, message, None, info)
    vars(made).update(extra)
    return made


def test_a_json_line_is_one_object() -> None:
    told = json.loads(JsonFormatter().format(record()))
    assert (told["level"], told["logger"], told["message"]) == ("ERROR", "draws", "done")
    assert told["at"].endswith("+0000")


def test_an_error_is_told_by_its_kind_and_place_only() -> None:
    for formatter in (JsonFormatter(), LineFormatter()):
        line = formatter.format(record(error=True))
        assert "ValueError" in line
        assert "test_logs.py" in line
        assert "someone@example.org" not in line
        assert "\n" not in line


def test_only_named_fields_are_told() -> None:
    told = json.loads(JsonFormatter().format(record(count=3, answers={"family_name": "Okafor"})))
    assert told["count"] == 3
    assert "answers" not in told


def test_a_failed_tasks_own_words_are_not_told() -> None:
    data = {
        "name": "draws.tasks.run_round",
        "id": "1",
        "exc": "ValueError('someone')",
        "args": "('someone',)",
    }
    made = record("Task %(name)s raised unexpected: %(exc)s", data=data)
    made.args = data
    line = JsonFormatter().format(made)
    assert "draws.tasks.run_round" in line
    assert "someone" not in line
