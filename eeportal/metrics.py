"""What web processes and workers count, for Prometheus. Labels are names of ours, never of people or their things."""

from prometheus_client import Counter, Histogram, disable_created_metrics

disable_created_metrics()

QUICK = (0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 10.0)
LONG = (0.01, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 1200.0)

REQUESTS = Counter(
    "eeportal_requests", "Answers, by the route's name and status.", ("route", "method", "status")
)
REQUEST_SECONDS = Histogram(
    "eeportal_request_seconds", "How long answers took, by the route's name.", ("route",), buckets=QUICK
)
TASKS = Counter(
    "eeportal_tasks", "Runs of tasks that ended, by outcome: done or failed.", ("task", "outcome")
)
TASK_SECONDS = Histogram("eeportal_task_seconds", "How long runs of tasks took.", ("task",), buckets=LONG)
AWAY = Counter(
    "eeportal_away", "Requests and tasks that met a part that was away: database or broker.", ("part",)
)
REPLICA_MISSED = Counter(
    "eeportal_replica_missed", "Public pages made from the primary: no fit replica.", ("why",)
)
