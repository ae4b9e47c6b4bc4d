"""Rounds as everybody sees them: published ones and our own, their results and full texts."""
