"""Folding for search: one spelling for what was written and for what is typed, whatever the keyboard did.

SQLite does not fold Cyrillic, the register of services itself holds Latin letters inside Bulgarian words, and a clerk
may type either alphabet. So the index and the question both go through here: case, Latin letters that look like
Cyrillic ones within Cyrillic words, then letter by letter into Latin (Закон за транслитерацията, чл. 3-5).

The beginning of a word folds to the beginning of what the word folds to, so that a search finds while one types.
"""

import re
import unicodedata

_LOOK_ALIKE = str.maketrans("aeopcyxkmhtb", "аеорсухкмнтв")
_CYRILLIC = re.compile("[а-яѐ-џ]")
_WORD = re.compile(r"[^\W_]+")
_LATIN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфхъь", "abvgdeziyklmnoprstufhay", strict=True))
    | {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ю": "yu", "я": "ya"}
    | dict(zip("ыэѐёђѓєѕіїјљњћќѝўџ", "yeeedgeziiylnckiud", strict=True))
)
"""The letters of the law, then those of neighbours that stand in a name now and then, by their nearest letter."""

_IY = re.compile("iy+")


def fold(text: str) -> str:
    """Return the text as the index holds it: its folded words with single spaces between them."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """Return the folded words of a text or question; what is no letter or digit parts them."""
    lowered = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return [_folded(word) for word in _WORD.findall(lowered)]


def _folded(word: str) -> str:
    latin = word.translate(_LOOK_ALIKE).translate(_LATIN) if _CYRILLIC.search(word) else word
    # The law writes -ия as "ia"; without the "y" both spellings meet, at every letter on the way.
    return _IY.sub("i", latin)
