"""Proof that a round invited whom it had to: the pool of its instant is rebuilt, and selected from anew."""
