"""Who signs in, and what the portal tells them: users, messages, limits."""
