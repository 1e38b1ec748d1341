"""A whole identifier is shown only by an act that the journal keeps; it changes nothing and holds up no decision."""

import pytest

from app.domain import canonical
from app.domain.errors import UnknownEntry
from app.domain.facts import IdentifierShown
from app.domain.terms import IdentifierKind
from app.ledger.journal import facts_after
from app.services import book, identifiers
from app.services.details import details
from tests.town import Town
from tests.ui.stage import somebody

ONE = somebody(3)


def test_it_is_given_and_recorded_with_who_looked(town: Town) -> None:
    village = town.village
    entry = village.register(correspondents=(ONE,)).entry
    with village.store.ledger.reading() as connection:
        before = details(connection, entry)
    assert identifiers.show(village.store, entry, 0) == ONE.identifier
    assert ONE.identifier_kind is IdentifierKind.EGN
    with village.store.ledger.reading() as connection:
        last = canonical.decode(facts_after(connection, village.store.identity.epoch, 0)[-1][1])
        assert details(connection, entry) == before
        assert len(book.timeline(connection, entry)) == 1
    assert last.body == IdentifierShown(entry, 0)
    assert last.actor == village.store.account


def test_nobody_is_shown_who_is_not_there(town: Town) -> None:
    entry = town.village.register(correspondents=(ONE,)).entry
    for place in (1, -1):
        with pytest.raises(UnknownEntry):
            identifiers.show(town.village.store, entry, place)


def test_to_look_is_no_reason_to_go_to_town_and_the_town_takes_it_with_the_next_act(town: Town) -> None:
    village = town.village
    entry = village.register(correspondents=(ONE,)).entry
    village.exchange()
    town.centre_exchange()
    village.exchange()
    identifiers.show(village.store, entry, 0)
    assert village.exchange().held == 0
    village.register()
    village.exchange()
    town.centre_exchange()
    with town.centre.ledger.reading() as connection:
        held = facts_after(connection, village.store.identity.epoch, 0)
    assert IdentifierShown(entry, 0) in [canonical.decode(octets).body for _, octets, _, _ in held]
