"""Drafts: what is typed stays until it is registered, also over a crash."""

import pytest

from app.domain.errors import ClockDoubtful, MissingRequired
from app.services import registration
from app.store import drafts
from tests.town import Town


def test_what_was_typed_is_given_back_as_it_was(town: Town) -> None:
    filing = town.village.filing(subject="Недовършено")
    drafts.save(town.village.store, filing)
    assert drafts.waiting(town.village.store) == [filing]


def test_a_later_save_takes_the_place_of_the_one_before(town: Town) -> None:
    filing = town.village.filing(subject="Нед")
    drafts.save(town.village.store, filing)
    longer = town.village.filing(entry=filing.entry, subject="Недовършено")
    drafts.save(town.village.store, longer)
    assert drafts.waiting(town.village.store) == [longer]


def test_drafts_come_oldest_first(town: Town) -> None:
    filings = [town.village.filing(subject=f"Чернова {number}") for number in range(5)]
    for filing in filings:
        town.clock.tick(minutes=1)
        drafts.save(town.village.store, filing)
    assert drafts.waiting(town.village.store) == filings


def test_a_draft_with_nothing_in_it_but_an_id_is_kept_too(town: Town) -> None:
    filing = town.village.filing(kind="", correspondents=(), subject="")
    drafts.save(town.village.store, filing)
    assert drafts.waiting(town.village.store) == [filing]
    with pytest.raises(MissingRequired):
        registration.register(town.village.store, town.lists, filing)
    assert drafts.waiting(town.village.store) == [filing]


def test_registering_forgets_this_draft_and_no_other(town: Town) -> None:
    done, left = town.village.filing(subject="Готово"), town.village.filing(subject="Недовършено")
    drafts.save(town.village.store, done)
    drafts.save(town.village.store, left)
    registration.register(town.village.store, town.lists, done)
    assert drafts.waiting(town.village.store) == [left]


def test_a_draft_saved_again_after_its_registration_is_forgotten_when_it_is_registered_again(town: Town) -> None:
    """It once stayed for ever: a repeated registration was answered before the draft was dropped."""
    filing = town.village.filing()
    told = registration.register(town.village.store, town.lists, filing)
    drafts.save(town.village.store, filing)
    assert registration.register(town.village.store, town.lists, filing).number == told.number
    assert drafts.waiting(town.village.store) == []


def test_a_draft_survives_the_end_of_the_program(town: Town) -> None:
    filing = town.village.filing(subject="Недовършено")
    drafts.save(town.village.store, filing)
    town.village.reopen()
    assert drafts.waiting(town.village.store) == [filing]


def test_a_draft_stands_where_the_clock_held_the_registration_up(town: Town) -> None:
    filing = town.village.filing()
    drafts.save(town.village.store, filing)
    town.clock.tick(days=-400)
    with pytest.raises(ClockDoubtful):
        registration.register(town.village.store, town.lists, filing)
    assert drafts.waiting(town.village.store) == [filing]


def test_a_draft_is_no_fact(town: Town) -> None:
    drafts.save(town.village.store, town.village.filing())
    assert town.village.exchange().held == 1
    town.village.exchange()
    before = town.relay_store.counts()
    drafts.save(town.village.store, town.village.filing())
    assert town.village.exchange().held == 0
    assert town.relay_store.counts() == before
