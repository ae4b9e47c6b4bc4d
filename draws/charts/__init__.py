"""Pictures as coordinates and words; templates draw them."""
