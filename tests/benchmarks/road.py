"""``road_thousand``: a thousand entries from the village's journal to the signed acknowledgement applied there."""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

from app import bootstrap
from app.ledger import engine as engines
from app.ledger import journal
from app.services import status
from app.store.station import DATABASE, StationStore
from sync.central import decisions
from sync.exchange import exchange
from tests.benchmarks import figures
from tests.benchmarks.bare_road import BareRoad, Carried
from tests.benchmarks.figures import Result, Sizes
from tests.benchmarks.municipality import CountingHttp, Desk, Municipality, Visitors, key_of, open_station

SECONDS, OCTETS = 0.15, 110_000
THOUSAND = 1_000


class Travelled(NamedTuple):
    """One thousand's way: seconds of its three parts, octets and turns of each side."""

    up: float
    town: float
    down: float
    village_octets: int
    centre_octets: int
    bodies: int
    turns: tuple[int, int]
    processor: float

    @property
    def seconds(self) -> float:
        """Return the whole."""
        return self.up + self.town + self.down


def road_thousand(folder: Path, sizes: Sizes) -> list[Result]:
    """Measure the road, seconds and octets, against the bare steps on the same entries."""
    ours: list[Travelled] = []
    against: list[Carried] = []
    with Municipality(folder, relay=True) as municipality, open_station(municipality.station_folder) as store:
        desk, visitors = Desk(store, municipality.lists), Visitors(municipality.lists, seed=2)
        place = municipality.station_folder / DATABASE
        with BareRoad(folder / "bare", place, key_of(municipality.station_folder)) as bare_road:
            travel(municipality, store)
            for _ in range(sizes.road_rounds + 1):
                with store.ledger.reading() as connection:
                    before = journal.last_position(connection)
                for visit in visitors.next(sizes.entries):
                    desk.register(visit.filing)
                store.tidy()
                engines.checkpoint(municipality.centre.ledger.engine)
                ours.append(travel(municipality, store))
                against.append(bare_road.carry(before))
        _require_all(municipality, store, (sizes.road_rounds + 1) * sizes.entries)
        memory = f"RSS of the process that holds station and centre: {figures.resident_megabytes():.1f} MB"
    return _judged(ours[1:], against[1:], sizes.entries, (memory, figures.disk_now(folder)))


def travel(municipality: Municipality, store: StationStore) -> Travelled:
    """Let the village send, the centre take and answer, and the village take the answer; both on new connections."""
    village_end, centre_end = bootstrap.village_end(store), municipality.centre_end()
    village_http, centre_http = CountingHttp(), CountingHttp()
    village_link = municipality.village_link(store, village_http)
    centre_link = municipality.centre_link(centre_http)
    processor, start = process_time(), perf_counter()
    first = exchange(village_end, village_link)
    sent = perf_counter()
    taken = exchange(centre_end, centre_link)
    answered = perf_counter()
    second = exchange(village_end, village_link)
    end = perf_counter()
    travelled = Travelled(
        sent - start,
        answered - sent,
        end - answered,
        village_http.octets(),
        centre_http.octets(),
        first.octets + second.octets + taken.octets,
        (village_http.turns, centre_http.turns),
        process_time() - processor,
    )
    village_http.close()
    centre_http.close()
    return travelled


def _require_all(municipality: Municipality, store: StationStore, count: int) -> None:
    """Accept only a run in which everything arrived and was acknowledged.

    Raises:
        RuntimeError: saying what is missing.

    """
    here = status.of(store)
    with municipality.centre.ledger.reading() as connection:
        there = decisions.status(connection).entries
    if not here.registered == here.acknowledged == there == count:
        raise RuntimeError(f"{here.registered}, {here.acknowledged}, {there} instead of {count}")


def _milliseconds(runs: Sequence[Travelled] | Sequence[Carried]) -> list[int]:
    return [round(one.seconds * 1000) for one in runs]


def _judged(ours: list[Travelled], against: list[Carried], entries: int, notes: tuple[str, str]) -> list[Result]:
    mine = figures.median_of([one.seconds for one in ours])
    floor = figures.median_of([one.seconds for one in against])
    share = entries / THOUSAND
    parts = [figures.median_of([getattr(one, part) for one in ours]) * 1000 for part in ("up", "town", "down")]
    wire = figures.median_of([one.village_octets for one in ours])
    bare_wire = figures.median_of([one.village_octets for one in against])
    centre_wire = figures.median_of([one.centre_octets for one in ours])
    return [
        Result(
            name="road_thousand_seconds",
            unit="s",
            ours=mine,
            against=floor,
            bar=SECONDS * share,
            holds=mine <= SECONDS * share,
            notes=(
                "village sends {:.1f}, centre takes and answers {:.1f}, village applies {:.1f} ms".format(*parts),
                f"turns of village and centre: {ours[-1].turns}",
                f"runs {_milliseconds(ours)}, bare {_milliseconds(against)} ms",
                "processor of station and centre {:.1f} ms, bare {:.1f} ms".format(
                    *(figures.median_of([one.processor for one in side]) * 1000 for side in (ours, against))
                ),
                *notes,
                *figures.compared(
                    "bare",
                    floor,
                    figures.BARE_ROAD_SECONDS * share,
                    "not the same work (wider rows, SQLCipher instead of plain SQLite at the centre, an answer"
                    " that the probe did not send), and load and disk as they are",
                ),
            ),
        ),
        Result(
            name="road_thousand_octets",
            unit="B",
            ours=wire,
            against=bare_wire,
            bar=OCTETS * share,
            holds=wire <= OCTETS * share,
            notes=(
                "both ways between village and relay as the kernel counted them, HTTP headers included",
                f"between centre and relay {centre_wire:.0f}, bare {against[-1].centre_octets}",
                f"bodies alone {ours[-1].bodies} of both sides; the bare batch {against[-1].sealed}",
                *figures.compared(
                    "bare",
                    bare_wire,
                    figures.BARE_ROAD_OCTETS * share,
                    "other subjects than the probe's, no hash in a row",
                ),
            ),
        ),
    ]
