"""Is every text translated, and is each translation fit to take its place?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from babel.messages.catalog import Catalog, Message

from eeportal.catalogues import LANGUAGES, LOCALE, mo, po, write
from eeportal.catalogues.collect import collect

ALLOWED = LOCALE / "identical.yaml"
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{[^{}]*\}|</?\w+[^>]*>")
Key = tuple[str, str]


@dataclass(frozen=True)
class Finding:
    """What is wrong with one text."""

    language: str
    text: str
    problem: str

    def __str__(self) -> str:
        return f"{self.language}: {self.text[:90]!r}: {self.problem}"


def verify() -> list[Finding]:
    """Everything that is wrong with the translations; `./run messages` mends what a program can."""
    found = collect()
    findings: list[Finding] = []
    for language in LANGUAGES:
        if not po(language).exists():
            findings.append(Finding(language, po(language).name, "the file is missing"))
            continue
        catalog = write.read(language)
        findings += completeness(language, found, catalog)
        if language != "en":
            findings += fitness(language, catalog)
        if not mo(language).exists() or mo(language).read_bytes() != write.mo_bytes(language):
            findings.append(
                Finding(language, mo(language).name, "is not compiled from the .po file as it is")
            )
    return findings


def keys(catalog: Catalog) -> dict[Key, Message]:
    """The catalogue's messages by context and text."""
    return {(message.context or "", singular(message)): message for message in catalog if message.id}


def singular(message: Message) -> str:
    """The message's text, the one for one thing if there are two."""
    return str(message.id if isinstance(message.id, str) else message.id[0])


def completeness(language: str, found: Catalog, catalog: Catalog) -> Iterator[Finding]:
    """Texts that the file lacks, and entries that nothing uses."""
    wanted, present = keys(found), keys(catalog)
    for _context, text in wanted.keys() - present.keys():
        yield Finding(language, text, "is not in the file")
    for _context, text in present.keys() - wanted.keys():
        yield Finding(language, text, "is in the file, and nothing uses it")
    for message in catalog.obsolete.values():
        yield Finding(language, singular(message), "is an obsolete entry")


def fitness(language: str, catalog: Catalog) -> Iterator[Finding]:
    """Translations that are empty, fuzzy, the same as in English, or whose named places differ."""
    allowed = allowed_identical()
    for message in keys(catalog).values():
        text = singular(message)
        forms = write.forms(message)
        if message.fuzzy:
            yield Finding(language, text, "is marked as fuzzy")
        if not all(forms):
            yield Finding(language, text, "has no translation")
            continue
        if forms[0] == text and text not in allowed:
            yield Finding(
                language, text, f"is the same as in English; if it must be, say why in {ALLOWED.name}"
            )
        yield from places(language, message, forms)
    used = {singular(message) for message in keys(catalog).values()}
    for text in allowed.keys() - used:
        yield Finding(language, text, f"is allowed in {ALLOWED.name}, and nothing uses it")


def places(language: str, message: Message, forms: list[str]) -> Iterator[Finding]:
    """Translations whose placeholders or tags are not those of the English text."""
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    accepted = [sorted(PLACES.findall(source)) for source in sources]
    for form in forms:
        if sorted(PLACES.findall(form)) not in accepted:
            yield Finding(language, singular(message), f"has other places or tags in {form[:60]!r}")


def allowed_identical() -> dict[str, str]:
    """Texts that may be the same in both languages, each with the reason."""
    if not ALLOWED.exists():
        return {}
    return {entry["text"]: entry["why"] for entry in yaml.safe_load(ALLOWED.read_text()) or []}
