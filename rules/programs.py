"""The three federal programs: who meets them, every requirement that fails, and the FSW selection grid."""

from __future__ import annotations

PROGRAM_BITS = {"CEC": 1, "FSW": 2, "FST": 4, "PNP": 8}
