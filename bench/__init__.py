"""Measurements side by side with other systems; nothing in the portal imports this."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eeportal.settings")
django.setup()
