"""A QR picture as inline SVG without a style attribute, as the portal's content policy asks."""

from dataclasses import dataclass

import qrcode

QUIET = 4


@dataclass(frozen=True)
class Picture:
    """A square of ``size`` units and the path of its dark modules."""

    size: int
    path: str


def picture_of(text: str) -> Picture:
    """Return the QR picture of a text, with its quiet zone."""
    code = qrcode.QRCode(border=QUIET)
    code.add_data(text)
    rows = code.get_matrix()
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module)
    return Picture(len(rows), "".join(dark))
