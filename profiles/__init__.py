"""The candidate's draft, the submitted profile, and its row in the pool."""
