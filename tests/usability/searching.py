"""U10: five spellings of one name, part of a number and an ЕГН find the same; how long the answer takes."""

import statistics
import time
from pathlib import Path

from app import bootstrap
from app.services import book
from tests.benchmarks import big_register
from tests.benchmarks.municipality import PASSWORD
from tests.usability.figures import Check, at_most

SPELLINGS = ("ивано", "ИВАНО", "ivano", "Ivano", "IVANO")
MILLISECONDS = 100


def spellings(folder: Path, entries: int, rounds: int = 40) -> list[Check]:
    """Search a register of so many entries."""
    store = bootstrap.open_station(big_register.fill(folder, entries), PASSWORD, bootstrap.station_world())
    with store, store.ledger.reading() as connection:
        register = int(connection.exec_driver_sql("SELECT min(register) FROM registers").scalar() or 0)
        stream = store.identity.epoch
        hits = {typed: [row.entry for row in book.find(connection, stream, register, typed)] for typed in SPELLINGS}
        newest = book.find(connection, stream, register, SPELLINGS[0], 1)[0]
        egn = book.details(connection, newest.entry).correspondents[0].identifier
        by_number = [row.entry for row in book.find(connection, stream, register, f"{newest.number:06d}")]
        questions = [*SPELLINGS, f"{newest.number:06d}", str(newest.number)[:3], egn or "1", "и"]
        seconds = []
        for at in range(rounds * len(questions)):
            began = time.perf_counter()
            book.find(connection, stream, register, questions[at % len(questions)])
            seconds.append(time.perf_counter() - began)
    same = len({tuple(found) for found in hits.values()}) == 1 and bool(hits[SPELLINGS[0]])
    p95 = statistics.quantiles(seconds, n=20)[-1] * 1000
    return [
        Check(
            "U10", "spellings of one name that find the same", str(sum(map(bool, hits.values()))), "5, same hits", same
        ),
        Check(
            "U10",
            "part of a number finds its entry",
            str(newest.entry in by_number).lower(),
            "true",
            newest.entry in by_number,
        ),
        at_most("U10", f"search over {entries:,} entries, p95", p95, MILLISECONDS, "ms"),
    ]
