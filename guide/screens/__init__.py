"""Pictures of the portal's own pages, made from a portal of their own: for the guided tour and for docs/screens."""
