"""Template tags of the partner."""
