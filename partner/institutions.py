"""The institutions that the partner plays. All of them are invented; no bank has such a name.

Each is a client of its own to the portal: the portal's client id there is the institution's slug.
"""

from collections.abc import Mapping

INSTITUTIONS: Mapping[str, str] = {
    "maple-ridge": "Maple Ridge Credit Union (simulated)",
    "northern-lantern": "Northern Lantern Bank (simulated)",
    "tidewater": "Tidewater Savings (simulated)",
    "prairie-oak": "Prairie Oak Trust (simulated)",
    "caisse-du-harfang": "Caisse du Harfang (simulée)",
}
"""Slug -> name. Names stay as they are in both languages, as names do."""
