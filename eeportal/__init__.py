"""The project: settings, addresses, the jobs' schedule, health, and the launcher."""
