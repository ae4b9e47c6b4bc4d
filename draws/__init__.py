"""Rounds of invitations: planning, previewing and running them, and what became of the invitations."""
