"""Folding for search: one spelling for what was written and for what is typed, whatever the keyboard did.

SQLite does not fold Cyrillic, the register of services itself holds Latin letters inside Bulgarian words, and a clerk
may type either alphabet. So the index and the question both go through here: case, Latin letters that look like
Cyrillic ones within Cyrillic words, then letter by letter into Latin (Закон за транслитерацията, чл. 3-5).

The beginning of a word folds to the beginning of what the word folds to, so that a search finds while one types.

A word of both alphabets is a Cyrillic one whose Latin letters only look right. A word of such letters alone, „HABA“,
may be either, and the letters typed so far decide nothing: a Latin „C“ may go on as „Стоян“ or as "Chavdar". What is
kept stays as it was written; the question is read both ways (``readings``).
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_TWINS = ("aeopcyxkmhtb", "аеорсухкмнтв")
"""Letters that look alike, „B“ and „H“ as capitals: case is folded before."""

_LOOK_ALIKE = str.maketrans(*_TWINS)
_AS_LATIN = str.maketrans(*reversed(_TWINS))
_CYRILLIC = re.compile("[а-яѐ-џ]")
_ALL_LATIN, _ALL_TWINS = (re.compile(f"[{letters}]+") for letters in (_TWINS[0], "".join(_TWINS)))
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
    return [_folded(word) for word in _WORD.findall(_lowered(text))]


class Reading(NamedTuple):
    """One way to read a typed word: how it folds, and whether it must be the whole word or may be its beginning."""

    folded: str
    whole: bool = False

    @property
    def needle(self) -> str:
        """What a folded text with a space on both ends holds where it holds such a word."""
        return f" {self.folded} " if self.whole else f" {self.folded}"


def readings(text: str) -> list[tuple[Reading, ...]]:
    """Return what each typed word may mean; the first reading is how it was typed.

    Latin letters that all look Cyrillic are read as Cyrillic too, at each letter on the way: hits only grow fewer while
    one types. Other words of letters that all look Latin are also sought as that Latin word, but as a whole one: as a
    beginning, every „в“ would bring all names in „б“, which fold to the Latin letter that it looks like.
    """
    return [_read(word) for word in _WORD.findall(_lowered(text))]


def holds(padded: str, word: tuple[Reading, ...]) -> bool:
    """Return whether a folded text with a space on both ends holds a word in one of its readings."""
    return any(one.needle in padded for one in word)


def means(asked: Sequence[tuple[Reading, ...]], kept: str) -> bool:
    """Return whether a kept text is what was typed, word for word and wholly, in one reading of each."""
    held = words(kept)
    return len(held) == len(asked) and all(
        any(one.folded == word for one in read) for word, read in zip(held, asked, strict=True)
    )


def _read(word: str) -> tuple[Reading, ...]:
    own = Reading(_folded(word))
    if _ALL_LATIN.fullmatch(word):
        other = Reading(_folded(word.translate(_LOOK_ALIKE)))
    elif _ALL_TWINS.fullmatch(word):
        other = Reading(word.translate(_AS_LATIN), whole=True)
    else:
        return (own,)
    return (own,) if other.folded == own.folded else (own, other)


def _lowered(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _folded(word: str) -> str:
    latin = word.translate(_LOOK_ALIKE).translate(_LATIN) if _CYRILLIC.search(word) else word
    # The law writes -ия as "ia"; without the "y" both spellings meet, at every letter on the way.
    return _IY.sub("i", latin)
