"""Amounts on paper, in words of the language that is spoken."""

from functools import cache
from typing import Literal

from app.domain import words
from app.domain.words import Currency, Words
from resources import loading
from resources.speech import Language, Speech

Minor = Literal["cent", "stotinka"]
"""The word for a hundredth of the euro: a setting of the municipality."""


def in_words(cents: int, speech: Speech, minor: Minor = "cent") -> str:
    """Return an amount in euro, given in minor units, in words: ``две евро и петдесет и шест цента``.

    Raises:
        BadAmount: negative, or more than any receipt holds.

    """
    return words.amount(cents, _euro(speech.language, minor), _words(speech.language))


@cache
def _words(language: Language) -> Words:
    tables = loading.texts(language, "papers")
    thousand, million, milliard = (
        words.noun(tables[f"number_{scale}"]) for scale in ("thousand", "million", "milliard")
    )
    return Words(tables["number"], tables["number_join"], (thousand, million, milliard))


@cache
def _euro(language: Language, minor: Minor) -> Currency:
    tables = loading.texts(language, "papers")
    return Currency(words.noun(tables["number_euro"]), words.noun(tables[f"number_{minor}"]))
