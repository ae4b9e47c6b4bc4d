"""What other rooms' pages show in a demo only."""
