"""Recurring plans: rounds of invitations that are planned by a rule of days, each to be confirmed."""
