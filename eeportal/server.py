"""How gunicorn serves the portal: ``gunicorn eeportal.wsgi --config python:eeportal.server``; arguments win."""

import os
import shutil
import tempfile

from eeportal.environment import Environment

env = Environment()

worker_class = "gthread"
workers = env.number("EEPORTAL_WEB_PROCESSES", 2)
threads = env.number("EEPORTAL_WEB_THREADS", 4)
preload_app = True
graceful_timeout = 30
keepalive = 5
control_socket_disable = True

# The processes add their numbers up in a folder, whose name must be known before the library is loaded.
OWN_FOLDER = "" if env.text("PROMETHEUS_MULTIPROC_DIR") else tempfile.mkdtemp(prefix="eeportal-metrics-")
if OWN_FOLDER:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = OWN_FOLDER


def on_exit(_server: object) -> None:
    """Leave nothing behind in the folder for temporary files."""
    if OWN_FOLDER:
        shutil.rmtree(OWN_FOLDER, ignore_errors=True)
