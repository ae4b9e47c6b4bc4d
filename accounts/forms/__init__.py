"""Forms of accounts, one module for what a person comes to do."""
