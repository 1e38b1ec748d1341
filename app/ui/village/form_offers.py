"""What the form offers while one types (подсказки): kinds, services, settlements, and people who came before."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from app.domain.folding import fold, readings
from app.domain.nomenclature import Service, Settlement
from app.services.nomenclatures import Nomenclatures
from app.services.recall import Acquaintance
from app.ui.village.wording import kind_name, short_name
from app.ui.widgets.offers import MOST_OFFERS, Offer, beginnings, offer
from resources.loading import municipalities, settlements
from resources.speech import Speech

_ROLES = {"performs": 0, "forwards": 1, "centre": 2}


class _Entry(NamedTuple):
    """An offer, ready to be searched: all its folded words between spaces, and how its name begins."""

    found_by: str
    head: str
    offer: Offer


class Offers:
    """A list searched by the beginnings of words; names that begin so come first, then the list's own order.

    It is made ready when it is first asked: a form that opens waits for none of it.
    """

    def __init__(self, entries: Iterable[tuple[Offer, str]]) -> None:
        self._given = entries

    @cached_property
    def _entries(self) -> list[_Entry]:
        return [_Entry(f" {one.found_by} ", fold(name), one) for one, name in self._given]

    @cached_property
    def _by_code(self) -> dict[str, Offer]:
        return {entry.offer.code: entry.offer for entry in self._entries}

    def prepare(self) -> "Offers":
        """Make it ready now, on a worker's thread."""
        self._by_code  # noqa: B018 - asked for so that it is kept
        return self

    def __call__(self, typed: str) -> Sequence[Offer]:
        """Return what fits the typed words."""
        asked = readings(typed)
        if not asked:
            return [entry.offer for entry in self._entries[:MOST_OFFERS]]
        hits = self._entries
        for word in asked:
            first, *others = [one.needle for one in word]  # others are few: no call for each of thousands of entries
            hits = [
                entry
                for entry in hits
                if first in entry.found_by or (others and any(one in entry.found_by for one in others))
            ]
        starts = beginnings(asked)
        hits = sorted(hits, key=lambda entry: not entry.head.startswith(starts))
        return [entry.offer for entry in hits[:MOST_OFFERS]]

    def by_code(self, code: str) -> Offer | None:
        """Return the offer of a code."""
        return self._by_code.get(code)


def short_kind(name: str) -> str:
    """Return the name of a kind without what stands in brackets after it."""
    return name.partition(" (")[0]


def kind_offers(lists: Nomenclatures, speech: Speech) -> Offers:
    """Return all kinds of documents by name, the application for a service first."""
    named = [(code, kind_name(lists, code, speech)) for code in lists.kinds]
    named.sort(key=lambda one: (one[0] != "zayavlenie_usluga", one[1]))
    return Offers((Offer(code, short_kind(name), _rest(name), fold(name)), name) for code, name in named)


def _rest(name: str) -> str:
    return name.partition(" (")[2].rstrip(")")


def service_offers(lists: Nomenclatures, speech: Speech) -> Offers:
    """Return all services by short and official name and number; those that the mayoralty performs come first."""
    ordered = sorted(lists.services.values(), key=lambda one: (_ROLES[one.village_role], one.name))
    return Offers((_service(one, speech), short_name(one.name)) for one in ordered)


def _service(one: Service, speech: Speech) -> Offer:
    short = short_name(one.name)
    note = str(one.number)
    if one.village_role == "centre":
        note = f"{speech.say('village.form.in_town')} · {note}"
    return Offer(str(one.number), short, note, fold(f"{one.number} {short} {one.name}"))


def settlement_offers(own: str) -> Offers:
    """Return all settlements by name and code; those of the municipality ``own`` come first.

    Takes tens of milliseconds, so that it belongs to a worker.
    """
    names = {one.code: one.name for one in municipalities()}
    ordered = sorted(settlements(), key=lambda one: (one.municipality != own, one.name))
    return Offers((_settlement(one, names.get(one.municipality, "")), one.name) for one in ordered)


def _settlement(one: Settlement, municipality: str) -> Offer:
    return offer(one.ekatte, f"{one.type} {one.name}", municipality, one.name_en)


def people_offers(found: Sequence[Acquaintance], places: Sequence[str], speech: Speech) -> list[Offer]:
    """Return people who came before, by their place in ``found``: name, settlement and last visit, no identifier."""
    return [
        Offer(str(at), one.correspondent.name, " · ".join(filter(None, (place, speech.date(one.last_visit)))))
        for at, (one, place) in enumerate(zip(found, places, strict=True))
    ]
