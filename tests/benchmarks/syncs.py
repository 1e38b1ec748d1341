"""``fsyncs_per_act``: how often the disk is waited for, counted by strace on an own process.

A *group* is what one COMMIT waits for: a run of fsync, fdatasync or msync calls with no write to a file between
them. Acts are register, pay, annul, void; the first four only warm up, because the first commit after a checkpoint
also syncs the head of the new WAL, in any SQLite.
"""

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import msgspec

from tests.benchmarks import bare, own_process
from tests.benchmarks.acts import station_with_history
from tests.benchmarks.figures import Result, Sizes
from tests.benchmarks.municipality import Desk, copy_of, open_station

SYNCS = ("fsync", "fdatasync", "msync", "sync_file_range", "syncfs", "sync")
WRITES = ("write", "pwrite64", "writev", "pwritev", "ftruncate")
MARKS = ("access", "faccessat", "faccessat2")
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)$")
_PATH = re.compile(r"<(/[^>]*)>")
SECONDS = 600


class Counted(NamedTuple):
    """One act in the trace."""

    verb: str
    syncs: int
    groups: int
    files: frozenset[str]


def fsyncs_per_act(folder: Path, sizes: Sizes) -> list[Result]:
    """Count what each act waits for, ours and bare."""
    if shutil.which("strace") is None:
        raise RuntimeError("fsyncs_per_act needs strace")
    history = min(sizes.history, 50)
    municipality, station, visitors = station_with_history(folder, history)
    filings = [visit.filing for visit in visitors.paying(1 + sizes.acts)]
    (folder / "filings").write_bytes(msgspec.msgpack.encode(filings))
    copies = [copy_of(station, name) for name in ("ours", "bare")]
    written = []
    with open_station(copy_of(station, "recorded")) as store:
        for verb, act in own_process.acts(Desk(store, municipality.lists), filings):
            with bare.recorded() as statements:
                act()
            written.append((verb, statements))
    bare.save(folder / "rows", written)
    ours, our_memory = traced(folder / "ours.trace", "ours", copies[0], folder / "filings")
    against, bare_memory = traced(folder / "bare.trace", "bare", copies[1], folder / "rows")
    return [_judged(ours, against, sizes.acts, f"RSS of the station's process {our_memory} MB, bare {bare_memory} MB")]


def traced(trace: Path, side: str, store: Path, file: Path) -> tuple[list[Counted], str]:
    """Run one side under strace; return its acts and what it said of its memory."""
    calls = ",".join(SYNCS + WRITES + MARKS)
    words = ["strace", "-f", "-y", "-qq", "-s", "64", "-o", str(trace), "-e", f"trace={calls}"]
    words += [sys.executable, "-m", "tests.benchmarks.own_process", side, str(store), str(file)]
    done = subprocess.run(words, capture_output=True, timeout=SECONDS, check=True)
    return counted(trace.read_text("utf-8", errors="replace")), done.stdout.decode().strip()


def counted(trace: str) -> list[Counted]:
    """Return the acts of a trace."""
    found: list[Counted] = []
    verb, syncs, groups, open_group = own_process.OUTSIDE, 0, 0, False
    files: set[str] = set()
    for line in trace.splitlines():
        match = _CALL.match(line)
        if match is None:
            continue
        call, rest = match.groups()
        if call in MARKS and own_process.MARK in rest:
            if verb != own_process.OUTSIDE:
                found.append(Counted(verb, syncs, groups, frozenset(files)))
            verb = rest.split(own_process.MARK)[1].split('"')[0]
            syncs, groups, open_group, files = 0, 0, False, set()
        elif call in SYNCS:
            syncs, groups, open_group = syncs + 1, groups + (not open_group), True
            files |= {path.rpartition("/")[2] for path in _PATH.findall(rest)[:1]}
        elif call in WRITES:
            open_group = False
    return found


def _judged(ours: list[Counted], against: list[Counted], rounds: int, memory: str) -> Result:
    expected = len(own_process.VERBS) * rounds
    if not len(ours) == len(against) == expected:
        raise RuntimeError(f"{len(ours)} and {len(against)} acts in the traces instead of {expected}")
    same = all(mine.syncs == bare_one.syncs for mine, bare_one in zip(ours, against, strict=True))
    one_group = all(one.groups == 1 for one in ours)
    files = frozenset[str]().union(*(one.files for one in ours))
    by_verb = {verb: dict(Counter(one.syncs for one in ours if one.verb == verb)) for verb in own_process.VERBS}
    return Result(
        name="fsyncs_per_act",
        unit="calls",
        ours=sum(one.syncs for one in ours) / expected,
        against=sum(one.syncs for one in against) / expected,
        bar=sum(one.syncs for one in against) / expected,
        holds=same and one_group,
        notes=(
            "a group is a run of sync calls with no write between them: what one COMMIT waits for",
            f"groups of each act: {sorted({one.groups for one in ours})}",
            f"calls in an act -> acts, by verb: {by_verb}; files: {', '.join(sorted(files))}",
            memory,
        ),
    )
