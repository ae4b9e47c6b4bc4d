"""The project as an app, so that every process that loads it also knows the broker."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Loads the Celery app when Django is ready."""

    name = "eeportal"

    def ready(self) -> None:
        """Make the project's Celery app the one that `shared_task` binds to."""
        from eeportal import celery

        celery.app.set_default()
