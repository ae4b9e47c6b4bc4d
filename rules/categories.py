"""Which category-based rounds may invite a candidate."""

from __future__ import annotations

CATEGORY_BITS = {
    "french": 1,
    "healthcare": 2,
    "stem": 4,
    "trades": 8,
    "transport": 16,
    "agriculture": 32,
    "education": 64,
    "physicians": 128,
    "senior_managers": 256,
    "researchers": 512,
    "skilled_military": 1024,
}
