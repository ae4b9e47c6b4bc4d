"""The portal's components, drawn from plain values: see templates/components."""

from django import template

register = template.Library()
