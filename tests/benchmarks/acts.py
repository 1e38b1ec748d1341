"""``entry_and_receipt``: what an act costs beside the bare transactions that write the same rows."""

from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

from app.store.station import DATABASE
from tests.benchmarks import bare, figures
from tests.benchmarks.bare import Statement
from tests.benchmarks.figures import Result, Sizes
from tests.benchmarks.municipality import Desk, Municipality, Visit, Visitors, copy_of, key_of, open_station

BAR = 1.5


def station_with_history(folder: Path, history: int) -> tuple[Municipality, Path, Visitors]:
    """Return a municipality whose closed station store holds ``history`` entries, and further visitors."""
    with Municipality(folder, relay=False) as municipality:
        visitors = Visitors(municipality.lists, seed=1)
        with open_station(municipality.station_folder) as store:
            desk = Desk(store, municipality.lists)
            for visit in [*visitors.paying(1), *visitors.next(history)]:
                desk.serve(visit)
    return municipality, municipality.station_folder, visitors


def entry_and_receipt(folder: Path, sizes: Sizes) -> list[Result]:
    """Measure an entry and its receipt against two bare transactions of the same rows."""
    municipality, station, visitors = station_with_history(folder, sizes.history)
    warming = visitors.paying(max(1, sizes.pairs // 4))
    visits = visitors.paying(sizes.rounds * sizes.pairs)
    key, lists = key_of(station), municipality.lists
    ours_at, recorded_at, bare_at = (copy_of(station, name) for name in ("ours", "recorded", "bare"))
    with open_station(recorded_at) as store:
        warm_rows, *rows = _recorded(Desk(store, lists), [warming, *_rounds(visits, sizes.pairs)])
    connection = bare.connect(bare_at / DATABASE, key)
    ours, against = Times([], [], [], []), Times([], [], [], [])
    disk = figures.disk_now(folder)
    with open_station(ours_at) as store:
        desk = Desk(store, lists)
        _ours(desk, warming, Times([], [], [], []))
        _bare(connection, warm_rows, Times([], [], [], []))
        for visits_of_round, rows_of_round in zip(_rounds(visits, sizes.pairs), rows, strict=True):
            store.tidy()
            _ours(desk, visits_of_round, ours)
            bare.checkpoint(connection)
            _bare(connection, rows_of_round, against)
    other = bare.connect(recorded_at / DATABASE, key)
    equal = bare.require_equal(other, connection)
    other.close()
    connection.close()
    statements = sum(len(act) for pair in rows[-1] for act in pair) / len(rows[-1])
    return [_judged(ours, against, f"{statements:.1f} writing statements a pair; {equal} rows of both are equal", disk)]


class Times(NamedTuple):
    """Seconds of each pair, of its entry and its receipt, and of the processor for each round, by pair."""

    pairs: list[float]
    entries: list[float]
    receipts: list[float]
    processor: list[float]

    def note(self, entry: float, receipt: float) -> None:
        """Note one pair."""
        self.entries.append(entry)
        self.receipts.append(receipt)
        self.pairs.append(entry + receipt)

    def parts(self) -> str:
        """Return the parts for a note."""
        middle = [f"{figures.median_of(one) * 1000:.2f}" for one in (self.entries, self.receipts, self.processor)]
        return (
            f"{figures.spread(self.pairs)}: entry {middle[0]}, receipt {middle[1]} ms; processor {middle[2]} ms a pair"
        )


def _rounds(visits: list[Visit], pairs: int) -> list[list[Visit]]:
    return [visits[at : at + pairs] for at in range(0, len(visits), pairs)]


Pair = tuple[list[Statement], list[Statement]]


def _recorded(desk: Desk, rounds: list[list[Visit]]) -> list[list[Pair]]:
    """Do every visit once and return what its two transactions wrote."""
    found: list[list[Pair]] = []
    for visits in rounds:
        pairs: list[Pair] = []
        for visit in visits:
            with bare.recorded() as entry:
                told = desk.register(visit.filing)
            payment = desk.payment(visit.filing, told)
            with bare.recorded() as receipt:
                desk.issue(payment)
            pairs.append((entry, receipt))
        found.append(pairs)
    return found


def _ours(desk: Desk, visits: list[Visit], times: Times) -> None:
    processor = process_time()
    for visit in visits:
        start = perf_counter()
        told = desk.register(visit.filing)
        entered = perf_counter() - start
        payment = desk.payment(visit.filing, told)
        start = perf_counter()
        desk.issue(payment)
        times.note(entered, perf_counter() - start)
    times.processor.append((process_time() - processor) / len(visits))


def _bare(connection: object, pairs: list[Pair], times: Times) -> None:
    processor = process_time()
    for entry, receipt in pairs:
        start = perf_counter()
        bare.transact(connection, entry)
        middle = perf_counter()
        bare.transact(connection, receipt)
        times.note(middle - start, perf_counter() - middle)
    times.processor.append((process_time() - processor) / len(pairs))


def _judged(ours: Times, against: Times, rows: str, disk: str) -> Result:
    mine, floor = figures.median_of(ours.pairs), figures.median_of(against.pairs)
    figure = figures.SQLCIPHER_COMMIT_WITH_SEARCH_SECONDS + figures.SQLCIPHER_COMMIT_SECONDS
    why = "one narrow search index instead of two" if floor < figure else f"as the disk is: {disk}"
    return Result(
        name="entry_and_receipt",
        unit="s",
        ours=mine,
        against=floor,
        bar=BAR * floor,
        holds=mine <= BAR * floor,
        notes=(
            f"ours {ours.parts()}",
            f"bare {against.parts()}; {rows}",
            disk,
            *figures.compared("bare", floor, figure, why),
        ),
    )
