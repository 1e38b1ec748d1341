"""Every station learns whose key signs whose receipts, so that it can check any of them without a network."""

from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from app.ledger.journal import Ledger
from app.ledger.tables import known_stations
from app.ledger.verify import verify_ledger
from sync import signatures
from sync.central import stations as enrolled
from tests.town import TestVillage, Town


class Known(NamedTuple):
    """What a ledger knows of a station."""

    name: str
    signing_key: bytes
    tills: str


def known(ledger: Ledger, stream: bytes) -> dict[bytes, Known]:
    """Return what was told in an answer stream."""
    query = sa.select(known_stations).where(known_stations.c.stream == stream)
    with ledger.reading() as connection:
        rows = connection.execute(query).all()
    return {row.station: Known(row.name, row.signing_key, row.tills) for row in rows}


def itself(village: TestVillage) -> Known:
    """Return what is right about a village."""
    me = village.store.identity
    return Known(me.name, signatures.public_key(me.signing_key), str(village.number))


def introductions(town: Town) -> int:
    """Return how many introductions the centre has written."""
    with town.centre.ledger.reading() as connection:
        query = "SELECT count(*) FROM journal WHERE kind = 'StationIntroduced'"
        return int(connection.exec_driver_sql(query).scalar_one())


def test_every_village_knows_every_other_after_one_exchange(tmp_path: Path) -> None:
    with Town(tmp_path, villages=3) as town:
        assert introductions(town) == 6
        town.centre_exchange()
        everybody = {one.store.identity.station: itself(one) for one in town.villages}
        for village in town.villages:
            village.exchange()
            assert known(village.store.ledger, village.store.identity.answers) == everybody
            assert verify_ledger(village.store.ledger)[0] == []


def test_a_village_that_comes_later_is_told_of_all_and_all_are_told_of_it(town: Town) -> None:
    town.settle()
    later = town.enrol(1)
    town.publish()
    town.centre_exchange()
    for village in (town.village, later):
        village.exchange()
        told = known(village.store.ledger, village.store.identity.answers)
        assert told == {one.store.identity.station: itself(one) for one in (town.village, later)}


def test_nobody_is_introduced_twice(town: Town) -> None:
    for number in (1, 2):
        town.enrol(number)
    assert introductions(town) == 6


def test_a_revoked_station_is_neither_introduced_nor_told(town: Town) -> None:
    gone = town.village.store.identity
    enrolled.revoke(town.centre, gone.station, "Изгубен компютър")
    later = town.enrol(1)
    assert introductions(town) == 0
    assert set(known(town.centre.ledger, later.store.identity.answers)) == {later.store.identity.station}


def test_a_single_village_falls_silent_as_before(town: Town) -> None:
    town.settle()
    stored, _ = town.relay_store.counts()
    town.centre_exchange()
    town.village.exchange()
    assert town.relay_store.counts()[0] == stored
