"""The officers' desk for rounds: its pages, and records to look up."""
