"""One of several programs that write the same station's store; it says aloud what a clerk would have been told.

``python -m tests.properties.racing_writer STORE TOLD SEED ACTS MIDNIGHT STARTED``: the office's clock stands an hour
before New Year until the file ``MIDNIGHT`` is there, and after it from then on; ``STARTED`` is when the race began.
"""

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from app import bootstrap
from app.domain.entries import Filing
from app.domain.facts import Correspondent, ReceiptLine
from app.domain.office_date import SOFIA
from app.domain.terms import Channel, CorrespondentKind
from app.services import cash_desk, registration
from app.services.nomenclatures import Nomenclatures
from app.store.station import StationStore
from tests.town import PASSWORD

NEW_YEAR = datetime(2027, 1, 1, tzinfo=SOFIA)
BOOK = 17


class NewYearClock:
    """The computer's clock, moved to New Year in Sofia."""

    def __init__(self, midnight: Path, started: float) -> None:
        self._midnight, self._started = midnight, started

    def now(self) -> datetime:
        """Return the moment."""
        since = timedelta(seconds=time.time() - self._started)
        return NEW_YEAR.astimezone(UTC) + since - timedelta(hours=0 if self._midnight.exists() else 1)


class Writer:
    """Registers, takes money, voids and tidies up as it comes."""

    def __init__(self, store: StationStore, told: Path, seed: int) -> None:
        self._store = store
        self._lists: Nomenclatures = bootstrap.nomenclatures()
        self._random = Random(seed)  # noqa: S311 - what comes next
        self._told = told.open("a", encoding="utf-8")

    def act(self) -> None:
        """Do one thing and tell its number."""
        chance = self._random.random()
        if chance < 0.5:
            self._register()
        elif chance < 0.95:
            self._issue(void=chance > 0.85)
        else:
            self._store.tidy()

    def _register(self) -> None:
        filing = Filing(
            entry=os.urandom(16),
            register=BOOK,
            kind="signal",
            channel=Channel.BY_HAND,
            correspondents=(Correspondent(CorrespondentKind.ANONYMOUS, ""),),
            subject="Сигнал",
        )
        self._tell("entries", registration.register(self._store, self._lists, filing))

    def _issue(self, *, void: bool) -> None:
        payer = Correspondent(CorrespondentKind.PERSON, "Надежда Ангелова")
        line = ReceiptLine(None, None, None, "Копие", 1, 50, 50)
        payment = cash_desk.Payment(receipt=os.urandom(16), till=BOOK, payer=payer, lines=(line,), given=100)
        issued = cash_desk.issue(self._store, self._lists, payment)
        self._tell("receipts", issued)
        if void:
            self._tell("receipts", cash_desk.void(self._store, issued.receipt, os.urandom(16), "Грешка"))

    def _tell(self, table: str, done: registration.Registered | cash_desk.Issued | cash_desk.Voided) -> None:
        self._told.write(f"{table} {done[0].hex()} {done[1]}\n")
        self._told.flush()


def main(store: Path, told: Path, seed: int, acts: int, clock: NewYearClock) -> None:
    """Write ``acts`` acts, half of them at least in the new year."""
    with bootstrap.open_station(store, PASSWORD, bootstrap.station_world(clock)) as opened:
        writer = Writer(opened, told, seed)
        for _ in range(acts // 2):
            writer.act()
        while clock.now() < NEW_YEAR:
            writer.act()
        for _ in range(acts // 2):
            writer.act()


if __name__ == "__main__":
    _, _store, _told, _seed, _acts, _midnight, _started = sys.argv
    main(Path(_store), Path(_told), int(_seed), int(_acts), NewYearClock(Path(_midnight), float(_started)))
