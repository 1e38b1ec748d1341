"""What a type-ahead offers (подсказки): plain data and how it is found. Nothing of Qt: lists are made on workers."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.folding import Reading, fold, holds, readings

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
    asked = readings(typed)
    if not asked:
        return list(offers[:most])
    hits = [one for one in offers if all(holds(f" {one.found_by} ", word) for word in asked)]
    starts = beginnings(asked)
    hits.sort(key=lambda one: not fold(one.text).startswith(starts))
    return hits[:most]


def beginnings(asked: Sequence[tuple[Reading, ...]]) -> tuple[str, str]:
    """Return how a text folds that begins with the words typed, read as they were typed and the other way."""
    return " ".join(word[0].folded for word in asked), " ".join(word[-1].folded for word in asked)
