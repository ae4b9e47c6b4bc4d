"""Measurements side by side with other systems; nothing in the portal imports this."""
