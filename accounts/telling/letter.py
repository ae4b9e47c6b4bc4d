"""What the words of a message are made of."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Letter:
    """A subject and its paragraphs, with named places such as ``{deadline_at}``."""

    subject: Promise
    paragraphs: tuple[Promise, ...]
