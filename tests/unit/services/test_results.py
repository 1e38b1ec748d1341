"""Results: their own gapless series or the paper book, delivery step by step, annulment that opens the entry again."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.errors import (
    AlreadyAnnulled,
    DeliveryDayWrong,
    DeliveryOver,
    DetailRequired,
    NumberTaken,
    ReasonRequired,
    ResultNotInForce,
    UnknownEntry,
    UnknownResult,
)
from app.domain.terms import DeliveryState, DeliveryWay, Ending, MomentCode, Outcome, View
from app.ledger.journal import last_position
from app.services import book, results
from app.services.results import Delivering, Issuing
from tests.town import TestVillage, Town

DAY = date(2026, 11, 16)


def said(village: TestVillage, of: bytes, **changes: Any) -> Issuing:  # noqa: ANN401
    """Return what is said of a certificate."""
    return Issuing(village.new_id(), of, Outcome.DOCUMENT, "Удостоверение")._replace(**changes)


def held(village: TestVillage, entry: bytes) -> book.EntryDetails:
    """Return an entry as it stands."""
    with village.store.ledger.reading() as connection:
        return book.details(connection, entry)


def delivering(result: bytes, state: DeliveryState, way: DeliveryWay = DeliveryWay.POST, **more: str) -> Delivering:
    """Return what is said of a delivery."""
    return Delivering(result, state, way, DAY, "Еленка Спасова Бъчварова", **more)


def test_outgoing_numbers_are_a_series_of_their_own_without_gaps(town: Town) -> None:
    village = town.village
    first, second = village.register(), village.register()
    told = [results.issue(village.store, said(village, one.entry)) for one in (first, second)]
    assert told == ["17-000001/16.11.2026", "17-000002/16.11.2026"]
    assert village.register().number == "17-000003/16.11.2026", "the incoming series does not feel it"


def test_the_same_result_twice_is_issued_once(town: Town) -> None:
    village = town.village
    one = said(village, village.register().entry)
    assert results.issue(village.store, one) == results.issue(village.store, one)
    assert len(held(village, one.entry).results) == 1


def test_a_number_of_the_paper_book_stands_as_typed_and_moves_no_series(town: Town) -> None:
    village = town.village
    entry = village.register().entry
    assert results.issue(village.store, said(village, entry, book_number=" РД-12 ")) == "РД-12"
    with village.store.ledger.reading() as connection:
        comes = results.next_outgoing(connection, village.number, DAY)
    assert comes == results.NextOutgoing("17-000001/16.11.2026", "РД-12")
    with pytest.raises(NumberTaken):
        results.issue(village.store, said(village, entry, book_number="РД-12"))


def test_a_result_ends_the_entry_and_takes_it_from_what_is_due(town: Town) -> None:
    village = town.village
    entry = village.register().entry
    due = held(village, entry).due
    with village.store.ledger.reading() as connection:
        assert book.counts(connection, village.store.identity.epoch, village.number, DAY)[View.DUE_SOON] == 1
    results.issue(village.store, said(village, entry))
    now = held(village, entry)
    assert now.ended is not None
    assert now.ended.ending is Ending.RESULTED
    assert now.due == due, "the date told stays in the book"
    with village.store.ledger.reading() as connection:
        assert book.counts(connection, village.store.identity.epoch, village.number, DAY)[View.DUE_SOON] == 0


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": " "}, DetailRequired),
        ({"outcome": Outcome.REFUSAL}, ReasonRequired),
        ({"entry": b"no such entry..."}, UnknownEntry),
    ],
)
def test_what_may_not_be_issued_leaves_nothing(town: Town, changes: dict[str, object], error: type[Exception]) -> None:
    village = town.village
    one = said(village, village.register().entry, **changes)
    with village.store.ledger.reading() as connection:
        before = last_position(connection)
    with pytest.raises(error):
        results.issue(village.store, one)
    with village.store.ledger.reading() as connection:
        assert last_position(connection) == before


def test_nothing_is_issued_on_an_annulled_entry(town: Town) -> None:
    village = town.village
    entry = village.register().entry
    village.annul(entry)
    with pytest.raises(AlreadyAnnulled):
        results.issue(village.store, said(village, entry))


def test_an_annulled_result_keeps_its_number_and_opens_the_entry_again(town: Town) -> None:
    village = town.village
    entry = village.register().entry
    first, second = said(village, entry), said(village, entry, title="Второ удостоверение")
    results.issue(village.store, first)
    results.issue(village.store, second)
    results.annul(village.store, second.result, "Сбъркано име")
    still = held(village, entry)
    assert still.ended is not None, "the first one stands"
    results.annul(village.store, first.result, "Сбъркано име")
    assert held(village, entry).ended is None
    assert results.issue(village.store, said(village, entry)) == "17-000003/16.11.2026"
    with pytest.raises(ResultNotInForce):
        results.annul(village.store, first.result, "Още веднъж")
    with pytest.raises(UnknownResult):
        results.annul(village.store, village.new_id(), "Няма такъв")


def test_a_parcel_is_followed_until_it_is_delivered(town: Town) -> None:
    village, store = town.village, town.village.store
    one = said(village, village.register().entry)
    results.issue(store, one)
    results.deliver(store, delivering(one.result, DeliveryState.SENT, tracking="PS 2700"))
    results.deliver(store, delivering(one.result, DeliveryState.RETURNED, note="непотърсена"))
    results.deliver(store, delivering(one.result, DeliveryState.SENT, DeliveryWay.COURIER))
    results.deliver(store, delivering(one.result, DeliveryState.DELIVERED, DeliveryWay.COURIER))
    (now,) = held(village, one.entry).results
    assert now.delivery is not None
    assert (now.delivery.state, now.delivery.way) == (DeliveryState.DELIVERED, DeliveryWay.COURIER)
    with village.store.ledger.reading() as connection:
        told = [moment for moment in book.timeline(connection, one.entry) if moment.code is MomentCode.DELIVERY]
    assert [moment.values["state"] for moment in told] == ["sent", "returned", "sent", "delivered"]
    with pytest.raises(DeliveryOver):
        results.deliver(store, delivering(one.result, DeliveryState.RETURNED))


def test_what_was_not_sent_is_not_delivered_and_nobody_takes_it_namelessly(town: Town) -> None:
    village, store = town.village, town.village.store
    one = said(village, village.register().entry)
    results.issue(store, one)
    with pytest.raises(DeliveryOver):
        results.deliver(store, delivering(one.result, DeliveryState.DELIVERED))
    with pytest.raises(DetailRequired):
        results.deliver(store, delivering(one.result, DeliveryState.HANDED)._replace(receiver=" "))
    results.annul(store, one.result, "Сбъркано име")
    with pytest.raises(ResultNotInForce):
        results.deliver(store, delivering(one.result, DeliveryState.HANDED))


def test_a_person_is_told_of_a_certificate_in_three_days(town: Town) -> None:
    village = town.village
    one = said(village, village.register().entry)
    results.issue(village.store, one)
    with village.store.ledger.reading() as connection:
        (issued,) = book.details(connection, one.entry).results
        due = results.tell_by(connection, village.lists, issued)
    assert due is not None
    assert (due.on, due.article) == (date(2026, 11, 19), "АПК чл.61(1)")


@pytest.mark.parametrize("day", [DAY - timedelta(days=1), DAY + timedelta(days=1)])
def test_a_delivery_is_neither_before_its_issue_nor_after_today(town: Town, day: date) -> None:
    """Handed over is the last word on a result: a slip in it could never be mended."""
    village = town.village
    one = said(village, village.register().entry)
    results.issue(village.store, one)
    with pytest.raises(DeliveryDayWrong):
        results.deliver(village.store, delivering(one.result, DeliveryState.HANDED)._replace(on=day))
    assert held(village, one.entry).results[0].delivery is None


def test_the_town_holds_the_same_of_it(town: Town) -> None:
    village = town.village
    one = said(village, village.register().entry)
    results.issue(village.store, one)
    results.deliver(village.store, delivering(one.result, DeliveryState.HANDED, DeliveryWay.BY_HAND))
    town.settle()
    with town.centre.ledger.reading() as connection:
        assert book.details(connection, one.entry).results == held(village, one.entry).results
