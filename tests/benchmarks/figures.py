"""What a benchmark answers: our figure, the bare limit of the same run, their ratio, the bar and whether it holds."""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

SQLCIPHER_COMMIT_SECONDS = 0.000277
"""``technology.md``, section 1: one durable row of 20 columns with 4 indexes, p50."""

SQLCIPHER_COMMIT_WITH_SEARCH_SECONDS = 0.00083
"""``technology.md``, section 1: the same with two full-text indexes, p50."""

BARE_ROAD_SECONDS = 0.017
"""``technology.md``, section 8: 1,000 entries pushed (8.8 ms) and pulled into plain SQLite (8.3 ms)."""

BARE_ROAD_OCTETS = 101_359
"""``technology.md``, section 8: what those 1,000 entries took on the wire."""

FSYNC_SECONDS = 0.0002
"""``technology.md``, section 0: append 512 B and fsync, 0.13-0.20 ms, and 4 KB, 0.23-0.25 ms."""

FAR_OFF = 2.0
"""A baseline that is further than this off the figure of ``technology.md`` is explained."""


class Result(NamedTuple):
    """One line of the answer. ``notes`` are sentences for the reader."""

    name: str
    unit: str
    ours: float
    against: float
    bar: float
    holds: bool
    notes: tuple[str, ...] = ()

    @property
    def ratio(self) -> float | None:
        """Return ours over against; None where there is nothing to divide by."""
        return self.ours / self.against if self.against else None


class Sizes(NamedTuple):
    """How much a run does. The harness's own test runs it tiny."""

    history: int = 2_000
    rounds: int = 10
    pairs: int = 20
    acts: int = 25
    entries: int = 1_000
    road_rounds: int = 5
    silent_rounds: int = 5
    register: int = 100_000
    starts: int = 9
    visits: int = 20
    used_seconds: float = 60


Benchmark = Callable[[Path, Sizes], list[Result]]
"""Runs in an empty folder."""


def median_of(seconds: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(seconds)


def spread(seconds: Sequence[float]) -> str:
    """Return the quarters of a series in milliseconds, for a note."""
    if len(seconds) < 4:
        return ", ".join(f"{one * 1000:.2f}" for one in seconds) + " ms"
    low, middle, high = statistics.quantiles(seconds, n=4)
    return f"{low * 1000:.2f} / {middle * 1000:.2f} / {high * 1000:.2f} ms (quarters of {len(seconds)})"


def compared(what: str, measured: float, figure: float, why: str) -> tuple[str, ...]:
    """Return the line that explains a baseline far off its figure in ``technology.md``, and nothing otherwise."""
    off = measured / figure
    if 1 / FAR_OFF <= off <= FAR_OFF:
        return ()
    return (f"{what} is {off:.2f} x the figure of technology.md ({figure:g}): {why}",)


def disk_now(folder: Path) -> str:
    """Return how long an append of 512 octets with fsync takes here and now, for a note; and the machine's load."""
    seconds = []
    with (folder / "fsync").open("wb", buffering=0) as file:
        for _ in range(50):
            start = time.perf_counter()
            file.write(bytes(512))
            os.fsync(file.fileno())
            seconds.append(time.perf_counter() - start)
    now = median_of(seconds)
    load = os.getloadavg()[0]
    return f"fsync takes {now * 1000:.2f} ms now ({now / FSYNC_SECONDS:.1f} x technology.md); load {load:.1f}"


def resident_megabytes(process: int | None = None) -> float:
    """Return the resident memory of a process, of this one unless another is named."""
    status = Path(f"/proc/{process or os.getpid()}/status").read_text("utf-8")
    (line,) = [one for one in status.splitlines() if one.startswith("VmRSS:")]
    return int(line.split()[1]) / 1024
