"""The first picture of a window shows what the book would answer, and nothing where a look is not enough."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.terms import DisputeReason, Ending, View
from app.ledger.migrate import LEDGER
from app.services import book, endings, first_look, proceedings
from app.services.endings import EndingSaid
from app.services.first_look import FirstLook
from app.services.proceedings import Noticing
from app.store import station as stations
from sync.central import decisions
from tests.town import PASSWORD, SECOND, START, SharedTown, TestVillage, Town

TODAY = START.date()


def look_into(village: TestVillage) -> FirstLook | None:
    """Look into the store of a village as a start does."""
    store = village.store
    slot, key = stations.unlock(store.folder, PASSWORD, store.world)
    return first_look.first_look(store.folder, int(slot), key)


def seen(village: TestVillage) -> FirstLook:
    """Return what a look shows, where there is one."""
    look = look_into(village)
    assert look is not None
    return look


@pytest.fixture
def busy(town: Town) -> Town:
    """A village at work: entries paid, annulled, disputed and ended, some acknowledged, one late, some not mended."""
    village = town.village
    told = [village.register(subject=f"Молба {number}") for number in range(7)]
    village.pay(told[0].entry)
    village.exchange()
    town.centre_exchange()
    decisions.dispute(town.centre, told[1].entry, DisputeReason.FEE_MISSING, "Няма такса", 1)
    decisions.accept(town.centre, town.docflow, told[2].entry, 1)
    town.centre_exchange()
    village.exchange()
    village.annul(told[3].entry)
    for at, reached in ((2, TODAY), (4, TODAY), (5, None)):
        proceedings.notice_defects(village.store, village.lists, told[at].entry, Noticing(("няма подпис",), reached))
    endings.end(village.store, told[6].entry, EndingSaid(Ending.WITHDRAWN, reason="Оттеглено"))
    village.register(subject="Подадено по-късно")
    return town


@pytest.mark.parametrize("days", [0, 400])
def test_a_look_shows_what_the_book_answers(busy: Town, days: int) -> None:
    village, today = busy.village, TODAY + timedelta(days=days)
    look = seen(village)
    with village.store.ledger.reading() as connection:
        page = book.page(connection, village.store.identity.epoch, village.number, View.ALL, today)
        awaits = book.awaits_clerk(connection, village.number, today)
    assert len({(one.town, one.standing, one.acknowledged, one.paid_cents > 0) for one in page}) > 3
    assert look.newest(100) == page
    assert look.newest(2) == page[:2]
    assert len({(one.stopped, one.mend_by, one.ended) for one in page}) > 3
    assert look.awaits_clerk(today, 100) == awaits
    assert [one.is_not_mended(today) for one in awaits].count(True) == (2 if days else 0)
    assert awaits
    look.close()


def test_a_look_shows_the_register_that_is_chosen(tmp_path: Path) -> None:
    with SharedTown(tmp_path) as town:
        town.village.register()
        other = town.village.beside(SECOND)
        other.register()
        look = seen(town.village)
        assert [(one.register, one.name, one.till) for one in look.villages] == [
            (17, "Микрево", 17),
            (SECOND, "Цапарево", SECOND),
        ]
        for register in (17, SECOND):
            look.choose(register)
            with town.village.store.ledger.reading() as connection:
                stream = town.village.store.identity.epoch
                assert look.newest(5) == book.page(connection, stream, register, View.ALL, TODAY)
                far = TODAY + timedelta(days=90)
                assert look.awaits_clerk(far, 5) == book.awaits_clerk(connection, register, far) != []
        look.close()


def test_a_look_knows_the_names_and_versions_of_the_store() -> None:
    assert first_look.DATABASE == stations.DATABASE
    assert (LEDGER.head, stations.STORE.head) == first_look.SCHEMA
    assert (LEDGER.version_table, stations.STORE.version_table) == ("ledger_version", "store_version")


def test_a_store_that_needs_more_is_not_looked_into(town: Town) -> None:
    village = town.village
    with village.store.ledger.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE store_version SET version_num = '0001'")
    assert look_into(village) is None


def test_another_key_and_a_missing_database_show_nothing_and_make_nothing(town: Town) -> None:
    folder = town.village.store.folder
    assert first_look.first_look(folder, 1, bytes(32)) is None
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    assert first_look.first_look(elsewhere, 1, bytes(32)) is None
    assert list(elsewhere.iterdir()) == []
