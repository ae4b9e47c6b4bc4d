"""The web server's way in."""

import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from eeportal.environment import RELAXED

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eeportal.settings")


def ready_to_search() -> None:
    """Make the NOC finder's indexes now: the first to search in this process shall not wait for them."""
    from eligibility.occupations import prepare

    prepare()


application = get_wsgi_application()
ready_to_search()

if not settings.PRODUCTION:
    logging.getLogger(__name__).warning(RELAXED)
