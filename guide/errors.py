"""What can be wrong with a content file, told to whoever edits it."""


class ContentError(ValueError):
    """A content file cannot be shown; the message names the file, the line where it can, and what to put right."""
