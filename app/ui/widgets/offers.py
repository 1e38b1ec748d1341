"""What a type-ahead offers (подсказки): plain data and how it is found. Nothing of Qt: lists are made on workers."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.folding import fold, words

MOST_OFFERS = 8


class Offer(NamedTuple):
    """What is offered: its code, its words, a smaller note, and the folded words by which it is found."""

    code: str
    text: str
    note: str = ""
    found_by: str = ""


def offer(code: str, text: str, note: str = "", more: str = "") -> Offer:
    """Return an offer found by its code, its words and ``more``."""
    return Offer(code, text, note, fold(f"{code} {text} {note} {more}"))


def fitting(offers: Sequence[Offer], typed: str, most: int = MOST_OFFERS) -> list[Offer]:
    """Return the offers that hold every word typed at the start of a word; those that begin so come first."""
    asked = words(typed)
    if not asked:
        return list(offers[:most])
    hits = [one for one in offers if _holds(one.found_by, asked)]
    start = fold(typed.strip())
    hits.sort(key=lambda one: not fold(one.text).startswith(start))
    return hits[:most]


def _holds(found_by: str, asked: Sequence[str]) -> bool:
    padded = f" {found_by}"
    return all(f" {word}" in padded for word in asked)
