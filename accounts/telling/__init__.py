"""What an account is told: messages, letters, notices, subscriptions, and the record of events."""
