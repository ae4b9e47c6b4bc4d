"""Second factors and one-time codes: what proves, beside a password, who signs in."""
