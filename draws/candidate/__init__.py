"""What one candidate sees of the pool and of rounds: score, rank, what changes when, letters."""
