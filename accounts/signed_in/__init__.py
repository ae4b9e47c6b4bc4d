"""Being signed in: sessions, their ends, and what was typed when one ended."""
