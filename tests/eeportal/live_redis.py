"""A real Redis as the portal's broker and cache, and everything that is in it."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from kombu import pools
from redis import Redis

from eeportal.celery import app


@contextmanager
def as_broker_and_cache(url: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Redis]:
    """Send tasks to an empty Redis and cache there, as settings with REDIS_URL do; no worker takes anything out."""
    with Redis.from_url(url, decode_responses=True, encoding_errors="replace") as client:
        client.flushdb()
        place = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
        settings.CACHES = {"default": place}
        monkeypatch.setitem(app.conf, "broker_url", url)
        forget_connections()
        yield client
        forget_connections()
        client.flushdb()


def forget_connections() -> None:
    """Let Celery connect anew, wherever its settings say by then."""
    app.pool.force_close_all()
    app._pool = app.amqp._producer_pool = None
    pools.connections.clear()
    pools.producers.clear()


def everything_in(client: Redis) -> dict[str, str]:
    """Every key with its value, whatever its kind; a task's message with its body decoded."""
    return {str(key): value_of(client, str(key)) for key in sorted(client.keys())}


def value_of(client: Redis, key: str) -> str:
    kind = client.type(key)
    if kind == "list":
        return "\n".join(message_in(str(entry)) for entry in client.lrange(key, 0, -1))
    if kind == "string":
        return str(client.get(key))
    return str(client.hgetall(key) if kind == "hash" else client.smembers(key))


def message_in(entry: str) -> str:
    """A queue's entry in words: headers, properties, and the arguments, which are sent in base 64."""
    message = json.loads(entry)
    return f"{message} {base64.b64decode(message['body']).decode()}"
