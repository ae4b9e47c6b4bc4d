"""Merge collected texts into the languages' files and compile them; the same input gives the same bytes."""

import io
import re
from datetime import UTC, datetime

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from eeportal.catalogues import mo, po

UNDATED = datetime(2015, 1, 1, tzinfo=UTC)
VARYING = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|'
    rb'Report-Msgid-Bugs-To|Project-Id-Version): .*\n', re.MULTILINE
)  # fmt: skip


def read(language: str) -> Catalog:
    """A language's catalogue as it is on the disk; empty when there is none."""
    if not po(language).exists():
        return Catalog(locale=language, charset="utf-8")
    with po(language).open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def merge(language: str, found: Catalog) -> Catalog:
    """The language's translations of exactly the texts that were found."""
    catalog = read(language)
    catalog.update(found, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    catalog.header_comment = "# The portal's texts. `./run messages` keeps this file; translations are kept."
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    """The catalogue as a translator reads it, sorted by text."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, sort_output=True, include_lineno=False)
    return VARYING.sub(b"", buffer.getvalue())


def mo_bytes(language: str) -> bytes:
    """The language's file on the disk, compiled."""
    catalog = read(language)
    # The .po files say no date, and Babel would write the present minute into the header.
    catalog.creation_date = UNDATED
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def forms(message: Message) -> list[str]:
    """The translation's forms: one, or two when the text has a singular and a plural; "" where missing."""
    given = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return [form or "" for form in given]


def save(language: str, catalog: Catalog) -> None:
    """Write the language's file and compile it."""
    po(language).parent.mkdir(parents=True, exist_ok=True)
    po(language).write_bytes(po_bytes(catalog))
    mo(language).write_bytes(mo_bytes(language))
