"""How often something may be tried, by address and by account."""
