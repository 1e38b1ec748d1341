"""Folding for search: case, accents of typing, and Latin letters that look like Cyrillic ones.

SQLite's ``LIKE`` and ``lower`` do not fold Cyrillic, and the register of services itself holds Latin letters inside
Bulgarian words; so both the index and the question are folded here.
"""

import re
import unicodedata

_LOOK_ALIKE = str.maketrans("aeopcyxkmhtb", "аеорсухкмнтв")
_CYRILLIC = re.compile("[а-я]")
_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Return the text as the index holds it: lower case, composed, look-alike letters made Cyrillic within words."""
    lowered = unicodedata.normalize("NFC", text).casefold()
    return _WORD.sub(_fold_word, lowered)


def _fold_word(match: re.Match[str]) -> str:
    word = match.group()
    return word.translate(_LOOK_ALIKE) if _CYRILLIC.search(word) else word


def words(text: str) -> list[str]:
    """Return the folded words of a question."""
    return _WORD.findall(fold(text))
