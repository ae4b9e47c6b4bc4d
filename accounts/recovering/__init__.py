"""Ways back into an account whose owner has lost a name, a password, answers or a second factor."""
