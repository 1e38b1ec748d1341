"""Amounts in words (сума с думи), in any language whose words and joints are given as data.

The rule knows groups of three digits and how a remainder joins what stands before it. Genders are no rule of its own:
each noun that is counted brings its own "one" and "two" (един цент, две евро, една стотинка, хиляда и две).
"""

from collections.abc import Mapping
from typing import NamedTuple

from app.domain.cash import MOST_CENTS
from app.domain.errors import BadAmount

Texts = Mapping[str, str]

_LAST_OF_ONE_WORD = 20
_ONE, _TWO, _TEN, _HUNDRED, _THOUSAND = 1, 2, 10, 100, 1_000


class Noun(NamedTuple):
    """A thing that is counted: its "one" and "two" inside larger numbers, exactly one of it, and several."""

    one: str
    two: str
    alone: str
    many: str


class Words(NamedTuple):
    """Number words of a language.

    ``plain`` maps ``n0``, ``n3`` … ``n19``, ``n20`` … ``n90``, ``n100`` … ``n900`` to words; ``joins`` maps ``units``,
    ``simple``, ``compound``, ``hundreds``, ``scale``, ``other`` and ``minor`` to a text with places ``{much}`` and
    ``{little}``; ``scales`` are the nouns for a thousand, a million and a thousand millions.
    """

    plain: Texts
    joins: Texts
    scales: tuple[Noun, Noun, Noun]


class Currency(NamedTuple):
    """The nouns of a currency: its unit (евро) and its hundredth (цент or стотинка)."""

    major: Noun
    minor: Noun


def noun(texts: Texts) -> Noun:
    """Return the noun of a table with the keys one, two, alone and many."""
    return Noun(texts["one"], texts["two"], texts["alone"], texts["many"])


def amount(cents: int, currency: Currency, words: Words) -> str:
    """Return an amount in minor units in words: ``две евро и петдесет и шест цента``. A part of zero is left out.

    Raises:
        BadAmount: negative, or more than any receipt holds.

    """
    if not 0 <= cents <= MOST_CENTS:
        raise BadAmount(field="words")
    whole, part = divmod(cents, _HUNDRED)
    if part == 0:
        return number(whole, currency.major, words)
    little = number(part, currency.minor, words)
    return words.joins["minor"].format(much=number(whole, currency.major, words), little=little) if whole else little


def number(value: int, counted: Noun, words: Words) -> str:
    """Return so many of a thing in words: ``хиляда и две евро``. ``value`` is 0 or more, below a million millions."""
    if value == _ONE:
        return counted.alone
    groups = _groups(value)
    said = ""
    for place, group in enumerate(groups):
        if group:
            last = not any(groups[place + 1 :])
            scale = len(groups) - 1 - place
            said = _joined(said, _group(group, scale, counted, words), _joint(group, scale, last=last), words)
    return f"{said or words.plain['n0']} {counted.many}"


def _groups(value: int) -> list[int]:
    """Return the groups of three digits, the most significant first."""
    upper, lowest = divmod(value, _THOUSAND)
    return [*_groups(upper), lowest] if upper else [lowest]


def _group(group: int, scale: int, counted: Noun, words: Words) -> str:
    """Return 1 to 999 of a scale in words; scale 0 counts the thing itself, whose noun stands at the very end."""
    if scale == 0:
        return _below_thousand(group, counted, words)
    unit = words.scales[scale - 1]
    return unit.alone if group == _ONE else f"{_below_thousand(group, unit, words)} {unit.many}"


def _joint(group: int, scale: int, *, last: bool) -> str:
    """Return how a group joins the larger ones before it."""
    if not last:
        return "other"
    rest = _rest(group)
    return rest if scale == 0 else "scale" if rest in {"simple", "hundreds"} else "other"


def _rest(value: int) -> str:
    """Return what kind of remainder 1 to 999 is: one word, two below a hundred, round hundreds, or more."""
    if value >= _HUNDRED:
        return "other" if value % _HUNDRED else "hundreds"
    return "simple" if value <= _LAST_OF_ONE_WORD or value % _TEN == 0 else "compound"


def _below_thousand(value: int, counted: Noun, words: Words) -> str:
    hundreds, rest = divmod(value, _HUNDRED)
    said = words.plain[f"n{hundreds * _HUNDRED}"] if hundreds else ""
    return _joined(said, _below_hundred(rest, counted, words), _rest(rest), words) if rest else said


def _below_hundred(value: int, counted: Noun, words: Words) -> str:
    if value <= _LAST_OF_ONE_WORD:
        return {_ONE: counted.one, _TWO: counted.two}.get(value) or words.plain[f"n{value}"]
    tens, units = divmod(value, _TEN)
    said = words.plain[f"n{tens * _TEN}"]
    return _joined(said, _below_hundred(units, counted, words), "units", words) if units else said


def _joined(much: str, little: str, joint: str, words: Words) -> str:
    return words.joins[joint].format(much=much, little=little) if much else little
