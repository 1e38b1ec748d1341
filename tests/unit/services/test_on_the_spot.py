"""„Заяви-получи“: four facts or none, each as it would be by itself; the same visit twice is one."""

import pytest

from app.domain.entries import Filing
from app.domain.errors import BadAmount, DayIsClosed, DetailRequired
from app.domain.terms import DeliveryState, Ending, Speed
from app.ledger.journal import last_position
from app.services import book, on_the_spot
from app.services.on_the_spot import Serving
from tests.town import TestVillage, Town

FAMILY = 2109


def visit(village: TestVillage, given: int = 1_000, service: int = FAMILY, title: str = "Удостоверение") -> Serving:
    """Return what a clerk says of a person who asks for a certificate of family status."""
    filing: Filing = village.filing(service=service, speed=Speed.ORDINARY)
    return Serving(filing, village.new_id(), village.number, given, village.new_id(), title, 2, "", "от 2000 г. насам")


def facts(village: TestVillage) -> int:
    """Return how many facts the village holds."""
    with village.store.ledger.reading() as connection:
        return last_position(connection)


def test_one_visit_registers_takes_the_fee_issues_and_hands_over(town: Town) -> None:
    village = town.village
    said = visit(village)
    before = facts(village)
    served = on_the_spot.serve(village.store, village.lists, said)
    assert facts(village) == before + 5, "the entry, the till's day, the receipt, the result, its delivery"
    assert served.registered.number == "17-000001/16.11.2026"
    assert served.number == "17-000001/16.11.2026"
    assert served.paid is not None
    assert served.registered.fee is not None
    assert served.paid.change == said.given - served.registered.fee.cents
    with village.store.ledger.reading() as connection:
        held = book.details(connection, said.filing.entry)
    assert held.ended is not None
    assert held.ended.ending is Ending.RESULTED
    (result,) = held.results
    assert result.delivery is not None
    assert (result.delivery.state, result.delivery.note) == (DeliveryState.HANDED, "от 2000 г. насам")
    assert [one.cents for one in held.receipts] == [served.registered.fee.cents]


def test_the_same_visit_twice_is_one(town: Town) -> None:
    village = town.village
    said = visit(village)
    served = on_the_spot.serve(village.store, village.lists, said)
    after = facts(village)
    again = on_the_spot.serve(village.store, village.lists, said)
    assert (again.registered, again.paid, again.number) == served
    assert facts(village) == after


@pytest.mark.parametrize(("given", "title", "error"), [(1, "Удостоверение", BadAmount), (1_000, " ", DetailRequired)])
def test_what_cannot_be_done_whole_is_not_done_at_all(
    town: Town, given: int, title: str, error: type[Exception]
) -> None:
    village = town.village
    before = facts(village)
    with pytest.raises(error):
        on_the_spot.serve(village.store, village.lists, visit(village, given, title=title))
    assert facts(village) == before


def test_a_closed_till_leaves_nothing_behind(town: Town) -> None:
    village = town.village
    on_the_spot.serve(village.store, village.lists, visit(village))
    village.close_day()
    before = facts(village)
    with pytest.raises(DayIsClosed):
        on_the_spot.serve(village.store, village.lists, visit(village))
    assert facts(village) == before


def test_a_free_service_takes_no_money(town: Town) -> None:
    village = town.village
    free = next(one.number for one in village.lists.services.values() if one.payment == "free")
    served = on_the_spot.serve(village.store, village.lists, visit(village, 0, free))
    assert served.paid is None


def test_the_town_holds_the_same_of_it(town: Town) -> None:
    village = town.village
    said = visit(village)
    on_the_spot.serve(village.store, village.lists, said)
    town.settle()
    with town.centre.ledger.reading() as there, village.store.ledger.reading() as here:
        assert book.details(there, said.filing.entry).results == book.details(here, said.filing.entry).results
