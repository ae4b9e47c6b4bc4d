"""The officers' desk: roles, fresh proof, and the log of everything done there."""
