"""``reading``: what a key press, a glance at a list and a look at an entry wait for over a register of many years.

Each figure is a p95 from the question to the rows, beside the same SQL on the driver alone in the same run. Searches
and type-ahead are asked letter by letter, as they are typed.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any, NamedTuple

import sqlalchemy as sa

from app import bootstrap, system
from app.domain.folding import fold
from app.domain.office_date import local
from app.domain.terms import View
from app.ledger.prepared import Prepared, compiled
from app.services import book, recall, status
from app.store import search
from app.store.station import DATABASE, StationStore
from app.ui.village.form_offers import Offers, service_offers, settlement_offers
from resources.speech import speech
from tests.benchmarks import bare, figures
from tests.benchmarks.big_register import fill
from tests.benchmarks.figures import Result, Sizes
from tests.benchmarks.municipality import NUMBER, key_of, open_station

FRAME_BAR, ENTRY_BAR, COUNTS_BAR = 0.016, 0.030, 0.050
"""Seconds; the first two are the issue's, the last is what nobody notices."""

TYPED = (
    *("иванов", "ИВАНКА", "петкова", "стоянов иван", "мария", "ivanov", "\u0043тоян", "\u0050\u0045\u0054\u004b"),
    *("удостоверение", "настоящ адрес", "сигнал", "000187", "17-000187", "9130", "1997", "няма такова", "я", "щ"),
)
"""Searches: names in both alphabets and mixed ones, what is common and what is nowhere, numbers, years, identifiers."""

NAMED = (
    *("иванов", "иван стоянов", "петкова", "стоян", "мария", "ivanov", "\u0043тоян", "\u0050\u0045\u0054\u004b"),
    *("9130", "8504", "4407152", "ззз"),
)
"""People, by name and by identifier."""

PLACES = ("микрево", "струмяни", "ново село", "Mikrevo", "\u0043оф\u0438я", "49686", "банско", "горна оряховица")
SERVICES = ("удостоверение", "наследници", "настоящ адрес", "2016", "издаване", "udostoverenie", "характеристика")
DEPTHS = (0.5, 0.95)
"""How far down a list a deep page lies."""

LOOKS, GLANCES = 30, 5
"""Entries looked at, and glances at each list, for each round."""

Question = Callable[[sa.Connection], Any]
Bare = Callable[[Any], Any]


class Pair(NamedTuple):
    """One question: what it is called, how we ask it, and how the driver alone does."""

    name: str
    ours: Question
    against: Bare


class Times(NamedTuple):
    """Seconds of ours and of the driver's, by question."""

    ours: dict[str, list[float]]
    against: dict[str, list[float]]


def letters(texts: Sequence[str]) -> list[str]:
    """Return all that is asked while texts are typed, each once."""
    return list(dict.fromkeys(text[:end].strip() for text in texts for end in range(1, len(text) + 1)))


def reading(folder: Path, sizes: Sizes) -> list[Result]:
    """Measure search, lists, counts, entries and type-ahead over ``sizes.register`` entries."""
    station = fill(folder, sizes.register)
    driver = bare.connect(station / DATABASE, key_of(station))
    with open_station(station) as store:
        measured = _Reading(store, driver, sizes)
        results = [*measured.search(), *measured.lists(), measured.counts(), measured.entries(), measured.people()]
    driver.close()
    return [*results, *_offers(sizes)]


class _Reading:
    """A store and the driver beside it, and what is asked of both."""

    def __init__(self, store: StationStore, driver: Any, sizes: Sizes) -> None:  # noqa: ANN401 - it publishes no types
        self._store, self._driver, self._sizes = store, driver, sizes
        self._stream = store.identity.epoch
        self._today = local(system.SystemClock().now()).date()

    def search(self) -> Iterator[Result]:
        """Measure each letter of the searches."""
        pairs = [
            Pair(
                typed,
                partial(book.find, stream=self._stream, register=NUMBER, typed=typed),
                self._alone(book._FIND, asked=self._question(typed), register=NUMBER, limit=100),
            )
            for typed in letters(TYPED)
        ]
        times = self._times(pairs, self._sizes.rounds)
        what = f"from each of {len(pairs)} letters typed to a hundred rows; {self._sizes.register:,} entries"
        yield _judged("search_rows", times, FRAME_BAR, what)

    def lists(self) -> Iterator[Result]:
        """Measure the first page of each view, and pages deep in it."""
        for view in View:
            yield _judged(f"list_{view}", self._times([self._page(view, None)], self._glances), FRAME_BAR, "first page")
            deep = [self._page(view, before) for before in self._deep(view)]
            if deep:
                name = f"list_{view}_deep"
                yield _judged(name, self._times(deep, self._glances), FRAME_BAR, f"pages after {DEPTHS} of the list")
        yield _judged(
            "list_awaits", self._times([self._awaits()], self._glances), FRAME_BAR, "what waits for the clerk"
        )
        yield _judged(
            "list_road", self._times([self._road()], self._glances), FRAME_BAR, "what is on its way, as one list"
        )
        last = self._driver.execute("SELECT max(position) FROM receipts").fetchone()[0]
        receipts = [self._receipts(before) for before in (book.LATEST, last // 2)]
        yield _judged("list_receipts", self._times(receipts, self._glances), FRAME_BAR, "first page and half-way down")

    @property
    def _glances(self) -> int:
        return self._sizes.rounds * GLANCES

    def _page(self, view: View, before: int | None) -> Pair:
        ours = partial(
            book.page, stream=self._stream, register=NUMBER, view=view, today=self._today, before=before, limit=100
        )
        asked = {**self._asked(), "limit": 100} | ({} if before is None else {"before": before})
        return Pair(f"{view} before {before}", ours, self._alone(book._PAGES[view], **asked))

    def _awaits(self) -> Pair:
        asked = {**self._asked(), "limit": 100}
        alone = [self._alone(one, **asked) for one in (book._DISPUTED, book._PAGES[View.LATE], book._NOT_MENDED)]
        ours = partial(book.awaits_clerk, register=NUMBER, today=self._today)
        return Pair("awaits", ours, lambda driver: [one(driver) for one in alone])

    def _road(self) -> Pair:
        asked = {"stream": self._stream, "through": self._asked()["through"], "limit": 200}
        ours = partial(book.unacknowledged, stream=self._stream, limit=200)
        return Pair("road", ours, self._alone(book._WAITING, **asked))

    def _receipts(self, before: int) -> Pair:
        ours = partial(book.receipts_page, till=NUMBER, before=before)
        return Pair(f"receipts {before}", ours, self._alone(book._RECEIPTS, till=NUMBER, before=before, limit=100))

    def _deep(self, view: View) -> list[int]:
        """Return the positions after which deep pages begin; none where a view holds next to nothing."""
        skipping = Prepared(book._PAGES[view]._statement.offset(sa.bindparam("skipped")))
        with self._store.ledger.reading() as connection:
            count = book.counts(connection, self._stream, NUMBER, self._today)[view]
            places = sorted({int(count * depth) for depth in DEPTHS if count * depth >= 1})
            rows = [skipping.first(connection, **self._asked(), limit=place + 1, skipped=place) for place in places]
        return [row.position for row in rows if row is not None]

    def counts(self) -> Result:
        """Measure the chips of a register, and the status."""
        asked = self._asked()
        alone = [self._alone(one, **asked) for one in book._COUNTS.values()]
        chips = Pair(
            "chips",
            partial(book.counts, stream=self._stream, register=NUMBER, today=self._today),
            lambda driver: [one(driver) for one in alone],
        )
        with self._store.ledger.reading() as connection:
            told = book.counts(connection, self._stream, NUMBER, self._today)
            state = figures.median_of([_timed(partial(status.read, connection, self._stream)) for _ in range(5)])
        held = ", ".join(f"{view} {count:,}" for view, count in told.items())
        what = f"the chips of a register: {held}; the status beside them {state * 1000:.2f} ms"
        return _judged("counts", self._times([chips], self._glances), COUNTS_BAR, what)

    def entries(self) -> Result:
        """Measure one entry with its details and its timeline, of all years."""
        pairs = [
            Pair(
                entry.hex()[:8],
                partial(_entry, entry),
                lambda driver, entry=entry: [driver.execute(sql, (entry,)).fetchall() for sql in _ENTRY_SQL],  # type: ignore[misc]  # a default of a lambda
            )
            for entry in self._drawn(self._sizes.rounds * LOOKS)
        ]
        what = f"details and timeline of {len(pairs)} entries of all years, one each; beside: its row and its facts"
        return _judged("entry_timeline", self._times(pairs, 1), ENTRY_BAR, what)

    def _drawn(self, count: int) -> list[bytes]:
        rng = Random(3)  # noqa: S311 - which entries are looked at
        asked = "SELECT entry FROM entries WHERE position >= ? ORDER BY position LIMIT 1"
        last = self._driver.execute("SELECT max(position) FROM entries").fetchone()[0]
        return [bytes(self._driver.execute(asked, (rng.randint(1, last),)).fetchone()[0]) for _ in range(count)]

    def people(self) -> Result:
        """Measure type-ahead over everybody who came before."""
        pairs = [
            Pair(typed, partial(book.recall, typed=typed, register=NUMBER), self._visits(typed))
            for typed in letters(NAMED)
            if len(typed) >= recall.FEWEST_LETTERS
        ]
        times = self._times(pairs, self._sizes.rounds)
        known = self._driver.execute(_PEOPLE_SQL).fetchone()[0]
        what = f"{known:,} people; beside: the visits read in one portion of {recall._AT_ONCE}"
        return _judged("people", times, FRAME_BAR, what)

    def _visits(self, typed: str) -> Bare:
        asked = self._question(typed, "who identifier")
        return self._alone(recall._VISITS, asked=asked, before=book.LATEST, register=NUMBER, limit=recall._AT_ONCE)

    def _question(self, typed: str, columns: str = "") -> str:
        with self._store.ledger.reading() as connection:
            return search.question(connection, typed, columns)

    def _asked(self) -> dict[str, Any]:
        with self._store.ledger.reading() as connection:
            return book._asked(connection, self._stream, NUMBER, self._today)

    def _alone(self, prepared: Prepared, **values: object) -> Bare:
        """Return the question of a statement to the driver alone: its SQL as it is, its rows as they come."""
        sql, places, own = compiled(prepared._statement, self._store.ledger.engine.dialect)
        given = tuple((own | values)[place] for place in places)
        return lambda driver: driver.execute(sql, given).fetchall()

    def _times(self, pairs: Sequence[Pair], rounds: int) -> Times:
        """Ask everything in each round, from the open connection to the rows; the first round is warming."""
        times = Times({one.name: [] for one in pairs}, {one.name: [] for one in pairs})
        for place in range(rounds + 1):
            for one in pairs:
                with self._store.ledger.reading() as connection:
                    ours = _timed(partial(one.ours, connection))
                against = _timed(partial(one.against, self._driver))
                if place:
                    times.ours[one.name].append(ours)
                    times.against[one.name].append(against)
        return times


_ENTRY_SQL = (
    "SELECT * FROM entries WHERE entry = ?",
    "SELECT j.canonical FROM mentions AS m JOIN journal AS j ON j.position = m.position WHERE m.subject = ?",
)
_PEOPLE_SQL = (
    "SELECT count(*) FROM (SELECT DISTINCT identifier_kind, identifier, "
    "CASE WHEN identifier = '' THEN name || settlement END FROM entry_correspondents WHERE name <> '')"
)


def _entry(entry: bytes, connection: sa.Connection) -> object:
    return book.details(connection, entry), book.timeline(connection, entry)


def _offers(sizes: Sizes) -> Iterator[Result]:
    """Measure type-ahead over the lists that a form holds in memory."""
    lists = bootstrap.nomenclatures()
    yield _list("settlements", settlement_offers("BLG49"), PLACES, sizes)
    yield _list("services", service_offers(lists, speech("bg")), SERVICES, sizes)


def _list(name: str, offers: Offers, texts: Sequence[str], sizes: Sizes) -> Result:
    offers.prepare()
    held = [entry.found_by for entry in offers._entries]
    times = Times({}, {})
    for typed in letters(texts):
        needle = fold(typed)
        times.ours[typed] = [_timed(partial(offers, typed)) for _ in range(sizes.rounds)]
        times.against[typed] = [
            _timed(lambda needle=needle: [one for one in held if needle in one])  # type: ignore[misc]  # a default of a lambda
            for _ in range(sizes.rounds)
        ]
    return _judged(name, times, FRAME_BAR, f"{len(held):,} of them; beside: one pass over their folded words")


def _timed(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def _p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * 0.95))]


def _all(times: dict[str, list[float]]) -> list[float]:
    return [one for seconds in times.values() for one in seconds]


def _judged(name: str, times: Times, bar: float, what: str) -> Result:
    ours, against = _all(times.ours), _all(times.against)
    slowest = sorted(times.ours, key=lambda one: -figures.median_of(times.ours[one]))[:3]
    slow = ", ".join(
        f"„{one}“ {figures.median_of(times.ours[one]) * 1000:.2f} "
        f"(the driver {figures.median_of(times.against[one]) * 1000:.2f})"
        for one in slowest
    )
    middle = f"median {figures.median_of(ours) * 1000:.2f} ms, of the driver {figures.median_of(against) * 1000:.2f} ms"
    notes = (
        f"p95 of {len(ours)}; {middle}; the slowest once {max(ours) * 1000:.2f} ms",
        f"slowest by median: {slow} ms",
        what,
    )
    return Result(name, "s", _p95(ours), _p95(against), bar, _p95(ours) <= bar, notes)
