"""The rounds as files for other programs: IRCC's own shape, CSV, a web feed. docs/feeds.md promises their shapes."""
