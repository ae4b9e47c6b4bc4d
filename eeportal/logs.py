"""Log lines that cannot carry personal data.

An error is told by its kind and the places it passed through, never by its message: a database's message
quotes the row, a form's quotes what was typed. A record's extra fields appear only when they are named here.
Each line says which request, and which run of a task, it belongs to.
"""

import json
import logging
import traceback
from types import TracebackType
from typing import Any

from django.http import HttpRequest

from eeportal.routes import PLACE, route_of
from lifecycle import tracing

FIELDS = (
    "event", "count", "method", "route", "status_code", "seconds", "queries", "round", "task", "outcome", "job", "part"
)  # fmt: skip
DEEPEST = 12


def frames(trace: TracebackType | None) -> str:
    """The last places of a traceback, outermost first: file:line:function."""
    return " > ".join(
        f"{place.filename.rpartition('/')[2]}:{place.lineno}:{place.name}"
        for place in traceback.extract_tb(trace)[-DEEPEST:]
    )


class LineFormatter(logging.Formatter):
    """One line for a person: instant, level, logger, message, named fields, the error's kind and places."""

    def format(self, record: logging.LogRecord) -> str:
        told = content(record)
        head = f"{told.pop('at')} {told.pop('level'):<7} {told.pop('logger')} {told.pop('message')}"
        return " ".join([head, *(f"{name}={value}" for name, value in told.items())])


class JsonFormatter(logging.Formatter):
    """The same content as one JSON object a line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(content(record), default=str)


def message(record: logging.LogRecord) -> str:
    """The record's message; of a task that failed only its name, for Celery quotes the error."""
    if task := failed_task(record):
        return f"Task {task.get('name')} failed"
    return without_address(record)


def failed_task(record: logging.LogRecord) -> dict[str, Any]:
    """What Celery tells of a task that failed, once its run is over; empty for every other record."""
    task = vars(record).get("data")
    return task if isinstance(task, dict) and "exc" in task else {}


def without_address(record: logging.LogRecord) -> str:
    """The record's message, with the route's name where Django writes the address of a request."""
    request = vars(record).get("request")
    if isinstance(request, HttpRequest) and isinstance(record.args, tuple) and request.path in record.args:
        told = tuple(route_of(request) if part == request.path else part for part in record.args)
        return str(record.msg) % told
    return record.getMessage()


def of_request(record: logging.LogRecord) -> dict[str, str]:
    """The id of the request that a record is about; Django writes some lines when the request is over."""
    request = vars(record).get("request")
    if isinstance(request, HttpRequest) and PLACE in request.META:
        return {"request": request.META[PLACE]}
    return {}


def content(record: logging.LogRecord) -> dict[str, Any]:
    """What may be written of a record."""
    instant = logging.Formatter().formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
    told: dict[str, Any] = {
        "at": instant,
        "level": record.levelname,
        "logger": record.name,
        "message": message(record),
    }
    told |= of_request(record) | tracing.told()
    told |= {"run": task["id"]} if (task := failed_task(record)) else {}
    told |= {name: vars(record)[name] for name in FIELDS if name in vars(record)}
    if record.exc_info and record.exc_info[0]:
        told["error"] = record.exc_info[0].__name__
        told["places"] = frames(record.exc_info[2])
    return told
