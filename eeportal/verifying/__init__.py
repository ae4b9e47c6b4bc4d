"""Verifying the whole database: what must hold of it at any moment, each broken promise told in a sentence."""
