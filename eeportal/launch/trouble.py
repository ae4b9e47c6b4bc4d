"""What the launcher says when it cannot go on."""

import errno
import os
import shutil
from pathlib import Path

GIGABYTE = 1_000_000_000


class Trouble(Exception):
    """One clear sentence: what happened, why, and what to do. The launcher prints it and ends with 1."""


def from_system(error: OSError) -> Trouble:
    """The sentence for an error of the operating system."""
    place = error.filename or "the state folder"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Trouble(f"The disk is full (writing {place}): free some space, then start again.")
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return Trouble(
            f"{place} cannot be written by this user: give yourself the right to, or set XDG_STATE_HOME "
            "to a folder of your own."
        )
    return Trouble(f"The system refused: {os.strerror(error.errno or 0)} ({place}).")


def require_space(folder: Path, gigabytes: float, purpose: str) -> None:
    """Raise Trouble unless the disk that holds `folder` has that much free."""
    free = shutil.disk_usage(folder).free / GIGABYTE
    if free < gigabytes:
        raise Trouble(
            f"The disk that holds {folder} has {free:.1f} GB free and {purpose} takes about "
            f"{gigabytes:.1f} GB: free some space, or set XDG_STATE_HOME to a folder on another disk."
        )
