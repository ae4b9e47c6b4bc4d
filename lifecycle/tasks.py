from celery import shared_task

from lifecycle import digests, jobs


@shared_task
def forget_old_runs() -> int:
    """Forget the lines of runs that began long ago."""
    return jobs.forget_old_runs()


@shared_task
def digest_log() -> int:
    """Seal the logs for the day before today."""
    return digests.digest_logs()
