"""What makes it a simulation: the demo pool, the demo's accounts and mailbox, and moving the clock."""
