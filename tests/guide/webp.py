"""Reads the size of a WebP picture off its first bytes (RFC 9649)."""

from pathlib import Path

HEAD = 30


def dimensions(path: str | Path) -> tuple[int, int]:
    """Return width and height in pixels. Raises ``ValueError`` for what is no WebP picture."""
    with Path(path).open("rb") as file:
        head = file.read(HEAD)
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP":
        raise ValueError(f"{path} is no WebP picture.")
    if head[12:16] == b"VP8X":
        return _number(head[24:27]) + 1, _number(head[27:30]) + 1
    if head[12:16] == b"VP8 ":
        return _number(head[26:28]) & 0x3FFF, _number(head[28:30]) & 0x3FFF
    raise ValueError(f"{path} is a WebP picture of a kind that Chromium does not write.")


def _number(little_endian: bytes) -> int:
    return int.from_bytes(little_endian, "little")
