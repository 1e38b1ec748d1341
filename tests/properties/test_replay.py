"""Replay gives every table again, in the village and in the town, whatever happened between them."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings

from app import bootstrap, cli
from app.demonstration.acts import notes_for
from app.domain.reconciliation import series_findings
from app.domain.terms import FindingCode
from app.ledger.engine import translated
from app.ledger.journal import Ledger
from app.ledger.tables import (
    POSTAL,
    REPLAYED,
    entries,
    entry_correspondents,
    findings,
    mentions,
    receipt_lines,
    receipts,
    series,
    till_days,
    tills,
)
from app.ledger.verify import verify_ledger
from app.services import cash_desk, status
from app.store.schema import STATION_ONLY
from sync.central import decisions
from sync.central.findings import village_findings
from sync.central.schema import CENTRE_ONLY
from sync.central.verify import verify_centre
from tests.properties.histories import History, Player, histories, hurried
from tests.town import Town

HISTORIES = int(os.environ.get("TEFTER_HISTORIES", "70"))
ALEMBIC = {"ledger_version", "store_version", "centre_version"}
OPEN_TO_A_PERSON = {FindingCode.CASH_DIFFERENCE, FindingCode.ANNULLED_AFTER_NUMBER}
"""What a person at the centre must hear of in honest stores too."""


@contextmanager
def played(history: History) -> Iterator[Player]:
    """Give a town after a history."""
    with hurried(), tempfile.TemporaryDirectory() as folder, Player(Path(folder), history.start) as player:
        for step in history.steps:
            player.play(step)
        yield player


@settings(max_examples=HISTORIES)
@given(histories)
def test_replay_reproduces_every_table_of_station_and_town_after_any_history(history: History) -> None:
    with played(history) as player:
        before_healing(player)
        tills_hold_what_their_days_say(player)
        player.heal()
        for village in player.town.villages:
            assert bootstrap.verify_station_store(village.store) == []
        assert verify_centre(player.town.centre) == []
        nothing_promised_is_lost(player)
        both_sides_hold_the_same(player.town)
        money_is_equal(player.town)
        numbers_are_gapless(player.town)


def before_healing(player: Player) -> None:
    """Replay holds in the middle of things as well, not only where both sides agree."""
    assert verify_ledger(player.town.village.store.ledger)[0] == []


def nothing_promised_is_lost(player: Player) -> None:
    """What a clerk was told stands in the village's tables under that number."""
    for one in player.promised:
        key = one.table.c.entry if one.table is entries else one.table.c.receipt
        index = one.table.c.register if one.table is entries else one.table.c.till
        query = sa.select(index, one.table.c.number, one.table.c.year).where(key == one.identity)
        with player.village(one.village).store.ledger.reading() as connection:
            held = connection.execute(query).one()
        series_told, _, day = one.number.partition("/")
        assert (f"{held[0]}-{held[1]:06d}", held[2]) == (series_told, int(day[-4:]))


def both_sides_hold_the_same(town: Town) -> None:
    """The town holds each village's rows column by column; only the local position is its own."""
    for table in (entries, receipts, entry_correspondents, findings, receipt_lines, mentions):
        of_villages = [row for village in town.villages for row in rows_by_road(village.store.ledger, table)]
        assert rows_by_road(town.centre.ledger, table) == sorted(of_villages, key=repr)
    for table in (series, tills, till_days):
        of_villages = [row for village in town.villages for row in rows_of(village.store.ledger, table)]
        assert rows_of(town.centre.ledger, table) == sorted(of_villages, key=repr)


def rows_of(ledger: Ledger, table: sa.Table) -> list[tuple[Any, ...]]:
    """Return a table's rows."""
    with ledger.reading() as connection:
        return sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)


def rows_by_road(ledger: Ledger, table: sa.Table) -> list[tuple[Any, ...]]:
    """Return a table's rows with stream and sequence of their fact in place of the local position."""
    from_fact = sa.text("(SELECT hex(stream) || '/' || sequence FROM journal WHERE journal.position = t.position)")
    shown = table.alias("t")
    columns = [column for column in shown.columns if column.name not in {"position", "content_at"}]
    with ledger.reading() as connection:
        return sorted((tuple(row) for row in connection.execute(sa.select(from_fact, *columns))), key=repr)


def money_is_equal(town: Town) -> None:
    """Villages and town hold the same cash to the cent, and a till's balance is what its documents say."""
    in_villages = sum(status.of(village.store).cash_cents for village in town.villages)
    with town.centre.ledger.reading() as connection:
        assert decisions.status(connection).cash_cents == in_villages
        for till, balance in connection.execute(sa.select(tills.c.till, tills.c.balance)).all():
            taken = sa.select(sa.func.coalesce(sa.func.sum(receipts.c.cents), 0)).where(receipts.c.till == till)
            off = sa.select(sa.func.coalesce(sa.func.sum(till_days.c.difference), 0)).where(till_days.c.till == till)
            assert balance == connection.execute(taken).scalar_one() + connection.execute(off).scalar_one()


def tills_hold_what_their_days_say(player: Player) -> None:
    """Every open day closed without a difference leaves what lies in the till, also days that midnight left open."""
    for village in player.town.villages:
        with village.store.ledger.reading() as connection:
            in_till = connection.execute(sa.select(tills.c.balance)).scalar_one()
            days_open = len(connection.execute(sa.select(till_days).where(till_days.c.state == "open")).all())
        for number in range(days_open):
            amount = cash_desk.expected(village.store, village.number)
            assert amount is not None
            if number == days_open - 1:
                assert amount == in_till
            close = partial(cash_desk.close_day, village.store, village.number, notes_for(amount), "")
            player.confirming(village, close)


def numbers_are_gapless(town: Town) -> None:
    """Every series of every village and year runs 1…n, on both sides."""
    for ledger in (town.centre.ledger, *(village.store.ledger for village in town.villages)):
        with ledger.reading() as connection:
            for table, index in ((entries, entries.c.register), (receipts, receipts.c.till)):
                books: dict[tuple[int, int], list[int]] = {}
                for book, year, number in connection.execute(sa.select(index, table.c.year, table.c.number)):
                    books.setdefault((book, year), []).append(number)
                for numbers in books.values():
                    assert series_findings(numbers) == ()
    with town.centre.ledger.reading() as connection:
        noticed = {one.finding.code for one in village_findings(connection)}
    assert noticed <= OPEN_TO_A_PERSON


def test_a_difference_found_after_midnight_is_not_found_again_on_the_next_day(town: Town) -> None:
    village = town.village
    first = village.pay(village.register().entry).cents
    town.clock.tick(days=1)
    second = village.pay(village.register().entry).cents
    assert village.close_day(-2, "Дребните не стигнаха").computed == first
    assert cash_desk.expected(village.store, 17) == first - 2 + second
    assert village.close_day().difference == 0
    town.settle()
    assert verify_centre(town.centre) == []
    numbers_are_gapless(town)


def test_a_storno_after_midnight_for_a_day_not_closed_is_missing_from_both_days(town: Town) -> None:
    village = town.village
    given_back = village.pay(village.register().entry)
    town.clock.tick(days=1)
    second = village.pay(village.register().entry).cents
    village.void(given_back.receipt)
    assert village.close_day().computed == 0
    assert village.close_day().computed == second
    town.settle()
    numbers_are_gapless(town)


def test_every_table_is_replayed_or_known_not_to_be(town: Town) -> None:
    road = {table.name for table in POSTAL}
    replayed = {table.name for table in REPLAYED}
    station = replayed | road | {table.name for table in STATION_ONLY} | ALEMBIC - {"centre_version"}
    centre = replayed | road | {table.name for table in CENTRE_ONLY} | ALEMBIC - {"store_version"}
    in_station = tables_of(town.village.store.ledger)
    assert {name for name in in_station if not name.startswith("entry_search")} == station
    assert tables_of(town.centre.ledger) == centre


def tables_of(ledger: Ledger) -> set[str]:
    """Return the names of all tables that stand in a database."""
    with translated(), ledger.engine.connect() as connection:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        return {row[0] for row in connection.exec_driver_sql(query)}


@pytest.mark.processes
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_replay_reproduces_every_table_of_the_demonstration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["demo", "--headless", "--json", "--entries", "60", "--dir", str(tmp_path)]) == 0
    capsys.readouterr()
    for name in ("mikrevo", "ilindentsi", "centre", "relay"):
        assert cli.main(["verify", "--json", str(tmp_path / name)]) == 0
    assert '"clean": false' not in capsys.readouterr().out
