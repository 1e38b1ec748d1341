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


# --- drafts of forms ------------------------------------------------------------------------------------------------


def test_a_form_keeps_its_own_octets_and_gets_them_back_newest_first(town: Town) -> None:
    store = town.village.store
    for name in (b"a", b"b", b"c"):
        town.clock.tick(seconds=2)
        drafts.keep(store, name, "entry_form", name * 3)
    town.clock.tick(seconds=2)
    drafts.keep(store, b"a", "entry_form", b"typed on")
    drafts.keep(store, b"d", "receipt_form", b"other form")
    assert drafts.kept(store, "entry_form") == [(b"a", b"typed on"), (b"c", b"ccc"), (b"b", b"bbb")]
    assert drafts.kept(store, "receipt_form") == [(b"d", b"other form")]
    assert drafts.kept(store, "nothing") == []


def test_a_form_that_the_clerk_gives_up_leaves_nothing(town: Town) -> None:
    drafts.keep(town.village.store, b"a", "entry_form", b"typed")
    drafts.discard(town.village.store, b"a")
    drafts.discard(town.village.store, b"a")
    assert drafts.kept(town.village.store, "entry_form") == []


def test_a_form_under_the_guid_of_an_entry_goes_where_that_is_registered(town: Town) -> None:
    filing = town.village.filing()
    drafts.keep(town.village.store, filing.entry, "entry_form", b"typed")
    registration.register(town.village.store, town.lists, filing)
    assert drafts.kept(town.village.store, "entry_form") == []


def test_forms_and_filings_do_not_mix(town: Town) -> None:
    filing = town.village.filing()
    drafts.save(town.village.store, filing)
    drafts.keep(town.village.store, b"a", "entry_form", b"typed")
    assert drafts.waiting(town.village.store) == [filing]
