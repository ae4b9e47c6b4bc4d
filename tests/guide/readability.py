"""How hard a text is to read, by a standard formula of its language.

English: the grade of Flesch and Kincaid (1975), 0.39 words a sentence + 11.8 syllables a word - 15.59. French: the ease
of Kandel and Moles (1958), 207 - 1.015 words a sentence - 73.6 syllables a word; 60 or more is plain, for everybody
with eight or nine years of school. A syllable is a group of vowels that is heard.
"""

import re
import unicodedata
from html import unescape

BLOCK_END = re.compile(r"</(?:p|li|h\d|summary|td|th|caption)>")
TAG = re.compile(r"<[^>]+>")
SENTENCE_END = re.compile(r"(?<=[.!?:;…])\s+|\n+")
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
VOWELS = {"en": re.compile(r"[aeiouy]+"), "fr": re.compile(r"[aeiouyœæ]+")}
SILENT = {"en": re.compile(r"(?:[^aeiouyl]|[aeiou]l)es?$|(?<=[^td])ed$"), "fr": re.compile(r"(?:e|es|ent)$")}


def sentences(html: str) -> list[list[str]]:
    """Return the words of each sentence of a page; a line of a list or a cell is a sentence."""
    text = unescape(TAG.sub("", BLOCK_END.sub("\n", html)))
    found = (WORD.findall(sentence) for sentence in SENTENCE_END.split(text))
    return [words for words in found if words]


def syllables(word: str, language: str) -> int:
    """Return about how many syllables a word has, at least one."""
    plain = word.casefold()
    if language == "en":
        plain = unicodedata.normalize("NFKD", plain)
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter)
    )
    heard = len(VOWELS[language].findall(bare))
    ends_mute = SILENT[language].search(plain if language == "fr" else bare) is not None
    return max(1, heard - (1 if ends_mute and heard > 1 else 0))


def rates(html: str, language: str) -> tuple[float, float]:
    """Return words a sentence and syllables a word."""
    told = sentences(html)
    words = [word for sentence in told for word in sentence]
    return len(words) / len(told), sum(syllables(word, language) for word in words) / len(words)


def grade(html: str) -> float:
    """Return the years of school that an English page asks for."""
    a_sentence, a_word = rates(html, "en")
    return 0.39 * a_sentence + 11.8 * a_word - 15.59


def ease(html: str) -> float:
    """Return how easy a French page is: 100 very easy, 60 plain, 30 hard."""
    a_sentence, a_word = rates(html, "fr")
    return 207 - 1.015 * a_sentence - 73.6 * a_word
