"""`python -m partner PORT`: prepare what is missing, then serve until asked to stop.

Ends with status 78 and one sentence when it cannot run here at all, so that whoever started it need not try again.
"""

import os
import sys
from typing import Any

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from gunicorn.app.base import BaseApplication

CONFIGURATION = 78
"""EX_CONFIG of sysexits.h."""


class Server(BaseApplication):
    """gunicorn with one process, which holds the codes it gave out, and a few threads."""

    def __init__(self, bind: str) -> None:
        self.bind = bind
        super().__init__()

    def load_config(self) -> None:
        told: dict[str, Any] = {
            "bind": self.bind,
            "worker_class": "gthread",
            "workers": 1,
            "threads": 4,
            "graceful_timeout": 4,
            "control_socket_disable": True,
            "loglevel": "warning",
        }
        for name, value in told.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        return WSGIHandler()


def main(arguments: list[str]) -> int:
    """Prepare and serve on ADDRESS:PORT, or on a port of this machine."""
    from_here = arguments[0] if arguments else "8001"
    bind = from_here if ":" in from_here else f"127.0.0.1:{from_here}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "partner.settings"
    try:
        django.setup()
        from partner.opening import CannotRun, prepare

        try:
            prepare()
        except CannotRun as error:
            raise ImproperlyConfigured(error) from None
    except ImproperlyConfigured as error:
        print(error, flush=True)
        return CONFIGURATION
    Server(bind).run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
