"""/healthz: is each part up? For machines, without sign-in, language or session."""

import psycopg
import requests
from django.conf import settings
from django.http import JsonResponse
from redis.exceptions import RedisError

from eeportal import direct, heartbeats


def answer() -> JsonResponse:
    """200 when every part that is needed is up, else 503, with 'up' or 'down' for each, within a few seconds.

    The sign-in partner is told of where there is one, but not needed: keys work without it.
    """
    needed = {"database": database_answers(), **broker_tells()}
    parts = needed | ({"partner": partner_answers()} if settings.PARTNER_BACK_CHANNEL else {})
    body = {name: "up" if up else "down" for name, up in parts.items()}
    response = JsonResponse(body, status=200 if all(needed.values()) else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def database_answers() -> bool:
    """Whether a new connection to the database answers within two seconds."""
    try:
        with direct.connect(options="-c statement_timeout=2s") as connection:
            connection.execute("SELECT 1")
    except psycopg.Error:
        return False
    return True


def broker_tells() -> dict[str, bool]:
    """Whether the broker answers, and which processes have shown there that they live."""
    if not settings.REDIS_URL:
        return {"broker": False, "worker": False, "beat": False}
    try:
        with heartbeats.connect() as client:
            worker, beat = client.mget([heartbeats.key("worker"), heartbeats.key("beat")])
    except RedisError:
        return {"broker": False, "worker": False, "beat": False}
    return {"broker": True, "worker": worker is not None, "beat": beat is not None}


def partner_answers() -> bool:
    """Whether the sign-in partner says within a second that it is up."""
    try:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(
                f"{settings.PARTNER_BACK_CHANNEL}/healthz", timeout=1, allow_redirects=False, stream=True
            )
            return answer.status_code == 200
    except requests.RequestException:
        return False
