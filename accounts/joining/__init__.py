"""Joining: signing up by key or by partner, and finishing an account before it can be used."""
