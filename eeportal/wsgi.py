"""The web server's way in."""

import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from eeportal.environment import RELAXED

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eeportal.settings")

application = get_wsgi_application()

if not settings.PRODUCTION:
    logging.getLogger(__name__).warning(RELAXED)
