"""The public tools: each is one page without an account, to link to, to print, and as JSON."""
