"""``search_rows`` and ``lists``: what a key press and a glance at a list wait for over a register of many years."""

from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import sqlalchemy as sa

from app import system
from app.domain.office_date import local
from app.domain.terms import View
from app.ledger.journal import Ledger
from app.services import book, status
from app.store import search
from tests.benchmarks import figures
from tests.benchmarks.big_register import fill
from tests.benchmarks.figures import Result, Sizes
from tests.benchmarks.municipality import NUMBER, open_station

SEARCH_BAR = 0.008
LIST_BAR = 0.016
COUNTS_BAR = 0.050
"""Seconds; the first is the issue's, the others a frame of the screen, and what nobody notices."""

TYPED = (
    *("и", "п", "1", "ив", "пе", "уд", "17", "91", "ива", "иван", "ивано", "ИВАНОВ", "ivanov", "стоянов иван"),
    *("удостоверение", "настоящ адрес", "сигнал", "187", "000187", "17-000187", "9130", "1997", "няма такова"),
)
"""What is asked as one types: letters, beginnings, words, both alphabets, parts of numbers, identifiers, services."""

RECALLED = ("ив", "пе", "ст", "ма", "иван ст", "стоянов", "91", "9130", "зз")

Question = Callable[[sa.Connection], Any]


def reading(folder: Path, sizes: Sizes) -> list[Result]:
    """Measure search, lists, recall and counts over ``sizes.register`` entries."""
    today = local(system.SystemClock().now()).date()
    with open_station(fill(folder, sizes.register)) as store:
        stream = store.identity.epoch
        finds = [lambda c, typed=typed: book.find(c, stream, NUMBER, typed) for typed in TYPED]
        bare = [lambda c, typed=typed: search.positions(c, typed, 100) for typed in TYPED]
        pages = [lambda c, view=view: book.page(c, stream, NUMBER, view, today) for view in View]
        recalls = [lambda c, typed=typed: book.recall(c, typed) for typed in RECALLED]
        counting: list[Question] = [lambda c: book.counts(c, stream, NUMBER, today), lambda c: status.read(c, stream)]
        rounds, ledger = sizes.rounds, store.ledger
        index_alone = _p95(_times(ledger, bare, rounds))
        found = _times(ledger, finds, rounds)
        listed = _times(ledger, [*pages, *recalls], rounds)
        counted = _times(ledger, counting, rounds)
    return [
        _judged("search_rows", found, index_alone, SEARCH_BAR, "positions alone, without the rows of the list"),
        _judged("lists", listed, 0.0, LIST_BAR, "each view's first page, and who came before"),
        _judged("counts", counted, 0.0, COUNTS_BAR, "the chips of a register, and the status"),
    ]


def _times(ledger: Ledger, questions: Sequence[Question], rounds: int) -> list[float]:
    """Return the seconds of each question in each round, from the open connection to the rows; the first is warming."""
    seconds: list[float] = []
    for place in range(rounds + 1):
        for question in questions:
            with ledger.reading() as connection:
                start = perf_counter()
                question(connection)
                if place:
                    seconds.append(perf_counter() - start)
    return seconds


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


def _judged(name: str, seconds: list[float], against: float, bar: float, what: str) -> Result:
    ours = _p95(seconds)
    notes = (f"p95 of {len(seconds)}; {figures.spread(seconds)}; the slowest {max(seconds) * 1000:.2f} ms", what)
    return Result(name, "s", ours, against, bar, ours <= bar, notes)
