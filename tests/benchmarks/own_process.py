"""A station at work in its own process, for strace: ``python -m tests.benchmarks.own_process ours|bare FOLDER FILE``.

Around each act it asks for a file that cannot be there; those questions are the marks in the trace.
"""

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from app import bootstrap
from app.domain.entries import Filing
from app.services.registration import Registered
from app.store.station import DATABASE
from tests.benchmarks import bare, figures
from tests.benchmarks.municipality import Desk, key_of, open_station

MARK = "/tefter.act/"
OUTSIDE = "none"
VERBS = ("register", "pay", "annul", "void")


def acts(desk: Desk, filings: list[Filing]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Return the acts on each filing, with their verbs."""
    for filing in filings:
        told: list[Registered] = []
        yield "register", partial(_register, desk, filing, told)
        payment = desk.payment(filing, told[0])
        yield "pay", partial(desk.issue, payment)
        yield "annul", partial(desk.annul, filing.entry)
        yield "void", partial(desk.void, payment.receipt)


def _register(desk: Desk, filing: Filing, told: list[Registered]) -> None:
    told.append(desk.register(filing))


def _mark(verb: str) -> None:
    os.access(MARK + verb, os.F_OK)


def _ours(folder: Path, filings: list[Filing]) -> None:
    with open_station(folder) as store:
        for place, (verb, act) in enumerate(acts(Desk(store, bootstrap.nomenclatures()), filings)):
            _mark(verb if place >= len(VERBS) else OUTSIDE)
            act()
            _mark(OUTSIDE)
        sys.stdout.write(f"{figures.resident_megabytes():.1f}\n")


def _bare(folder: Path, recorded: list[tuple[str, list[bare.Statement]]]) -> None:
    connection = bare.connect(folder / DATABASE, key_of(folder))
    for place, (verb, statements) in enumerate(recorded):
        _mark(verb if place >= len(VERBS) else OUTSIDE)
        bare.transact(connection, statements)
        _mark(OUTSIDE)
    connection.close()
    sys.stdout.write(f"{figures.resident_megabytes():.1f}\n")


def main() -> None:
    """Do the acts of a file."""
    side, folder, file = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if side == "ours":
        _ours(folder, msgspec.msgpack.decode(file.read_bytes(), type=list[Filing]))
    else:
        _bare(folder, bare.load(file))


if __name__ == "__main__":
    main()
