"""Who may read the numbers, and how they are written for Prometheus."""

import hmac

from django.conf import settings
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

OPEN, UNKNOWN, CLOSED = 200, 401, 404


def admitted(authorization: str) -> int:
    """Return 200 for the right token, 401 for another, 404 where nobody is admitted."""
    token = settings.EEPORTAL_METRICS_TOKEN
    if not token:
        return CLOSED
    right = hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode())
    return OPEN if right else UNKNOWN


def told(*more: Collector) -> bytes:
    """What this process counted, or all that share its folder of numbers; and what ``more`` finds out."""
    registry = CollectorRegistry()
    registry.register(MultiProcessCollector(registry) if settings.EEPORTAL_METRICS_SHARED else REGISTRY)
    for collector in more:
        registry.register(collector)
    return generate_latest(registry)
