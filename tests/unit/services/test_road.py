"""What the store remembers of the road: what lies where, when the far ends were heard, what was set aside."""

from app.domain.facts import DayClosed, EntryAnnulled, EntryCorrected
from app.domain.terms import BatchState
from app.ledger import post
from app.services import registration, road, status
from app.services.road import Load, RoadMemory
from tests.town import TestVillage, Town


def remembered(village: TestVillage) -> RoadMemory:
    """Return what the store remembers."""
    with village.store.ledger.reading() as connection:
        return road.remember(connection, village.store.identity.epoch)


def notice(village: TestVillage) -> status.Notice:
    """Return what the status line says."""
    with village.store.ledger.reading() as connection:
        return status.notice(connection, village.store.identity.epoch)


def others(village: TestVillage) -> list[road.OtherAct]:
    """Return the other acts that wait."""
    with village.store.ledger.reading() as connection:
        return road.other_acts(connection, village.store.identity.epoch)


def now(town: Town) -> int:
    """Return the present second."""
    return int(town.clock.now().timestamp())


def test_an_act_goes_from_here_to_the_relay_to_the_town(town: Town) -> None:
    village = town.village
    assert remembered(village) == RoadMemory(Load(), 0, None, None, None, ())
    village.pay(village.register().entry)
    village.exchange()
    handed = now(town)
    village.register()
    found = remembered(village)
    assert (found.at_relay, found.relay_heard, found.town_heard) == (Load(1, 1), handed, None)
    town.centre_exchange()
    town.clock.tick(minutes=5)
    village.exchange()
    heard = now(town)
    found = remembered(village)
    assert (found.at_relay, found.confirmed) == (Load(1, 0), 1)
    assert (found.relay_heard, found.town_heard, found.by_file) == (heard, heard, None)


def test_what_comes_by_stick_is_remembered_as_such(town: Town) -> None:
    village = town.village
    village.register()
    village.exchange()
    town.centre_exchange()
    with town.centre.ledger.reading() as connection:
        letters = [sealed for _, sealed in post.unacknowledged(connection)]
    town.clock.tick(minutes=5)
    for octets in letters:
        town.carry(octets, village.end())
    found = remembered(village)
    assert found.by_file == found.town_heard == now(town)


def test_what_is_set_aside_is_remembered_with_its_reason(town: Town) -> None:
    village = town.village
    village.register()
    village.exchange()
    with village.store.ledger.reading() as connection:
        own = [sealed for _, sealed in post.unacknowledged(connection)]
    town.carry(own[0], village.end())
    assert [(one.code, one.at) for one in remembered(village).set_aside] == [("misdirected", now(town))]


def test_corrections_annulments_and_closes_wait_too_and_are_counted_apart(town: Town) -> None:
    village = town.village
    kept, gone = village.register(), village.register()
    village.pay(kept.entry)
    town.settle()
    assert notice(village) == status.Notice(0, 0, None, 0, 0)
    registration.correct(village.store, village.lists, kept.entry, village.filing(subject="Друго"), "Сбъркано")
    first = now(town)
    town.clock.tick(minutes=5)
    village.annul(gone.entry)
    village.close_day()
    assert notice(village) == status.Notice(0, 0, first, 0, 3)
    acts = others(village)
    assert [one.kind for one in acts] == [EntryCorrected, EntryAnnulled, DayClosed]
    assert [(one.entry, one.number) for one in acts] == [
        (kept.entry, "17-000001"),
        (gone.entry, "17-000002"),
        (None, ""),
    ]
    assert {one.where for one in acts} == {None}
    village.exchange()
    assert {one.where for one in others(village)} == {BatchState.HELD}
    assert remembered(village).at_relay == Load(0, 0, 3)
    town.settle()
    assert notice(village) == status.Notice(0, 0, None, 0, 0)
    assert others(village) == []
