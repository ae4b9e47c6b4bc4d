"""The institutions that the partner plays. All of them are invented; no bank has such a name.

Each is a client of its own to the portal: the portal's client id there is the institution's slug.
"""

from collections.abc import Mapping

from django.utils.translation import get_language

INSTITUTIONS: Mapping[str, Mapping[str, str]] = {
    "maple-ridge": {
        "en": "Maple Ridge Credit Union (simulated)",
        "fr": "Coopérative de crédit Crête-aux-Érables (simulée)",
    },
    "northern-lantern": {
        "en": "Northern Lantern Bank (simulated)",
        "fr": "Banque de la Lanterne du Nord (simulée)",
    },
    "tidewater": {"en": "Tidewater Savings (simulated)", "fr": "Épargne des Marées (simulée)"},
    "prairie-oak": {"en": "Prairie Oak Trust (simulated)", "fr": "Fiducie du Chêne des Prairies (simulée)"},
    "caisse-du-harfang": {"en": "Snowy Owl Credit Union (simulated)", "fr": "Caisse du Harfang (simulée)"},
}
"""Slug -> language -> name."""


def name_of(slug: str) -> str:
    """The institution's name in the reader's language."""
    return INSTITUTIONS[slug][get_language() or "en"]
