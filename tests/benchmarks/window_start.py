"""``window_start``: from the process to a window that can be used, over many years, beside a bare window."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.big_register import fill_beside
from tests.benchmarks.figures import Result, Sizes, median_of, spread
from tests.benchmarks.municipality import PASSWORD

START_BAR = 1.3
"""Times a bare window, Argon2id apart."""
MEMORY_BAR = 200.0
"""Megabytes."""


class Started(NamedTuple):
    """Seconds from the process until its window could be used, and until its store was whole; Argon2id of these.

    ``megabytes`` are resident ones, of a window that was used.
    """

    usable: float
    whole: float
    argon: float
    megabytes: float


def window_start(folder: Path, sizes: Sizes) -> list[Result]:
    """Start both windows in turn, each as an own process; a first start of each fills the disk's memory."""
    store = fill_beside(folder, sizes.register)
    password = folder / "password"
    password.write_text(PASSWORD + "\n", "utf-8")
    bytecode = folder / "bytecode"
    ours: list[Started] = []
    bare: list[Started] = []
    for _ in range(sizes.starts + 1):
        bare.append(_start(bytecode, "bare"))
        ours.append(_start(bytecode, store, password, 0))
    used = _start(bytecode, store, password, sizes.used_seconds)
    return [_judged(ours[1:], bare[1:]), _memory(used, ours[1].megabytes, bare[1].megabytes, sizes.used_seconds)]


def _judged(ours: list[Started], bare: list[Started]) -> Result:
    seconds, limits = [one.usable for one in ours], [one.usable for one in bare]
    against = median_of(limits)
    bar = START_BAR * against
    whole = median_of([one.whole for one in ours])
    ready = (
        "usable: the register is painted and a key has moved in it, by ``tefter window``, the password given at once"
    )
    behind = f"the store is open as a whole after {whole * 1000:.0f} ms; what is asked of it before waits until then"
    notes = (
        f"ours {spread(seconds)}; bare {spread(limits)}",
        f"{ready}; {behind}",
        f"Argon2id apart: {median_of([one.argon for one in ours]) * 1000:.1f} ms (the register has a cheap password)",
    )
    return Result("window_start", "s", median_of(seconds), against, bar, median_of(seconds) <= bar, notes)


def _memory(used: Started, before: float, bare: float, seconds: float) -> Result:
    notes = (f"resident, used for {seconds:g} s by keys; {before:.0f} MB without use; a bare window {bare:.0f} MB",)
    return Result("window_memory", "MB", used.megabytes, bare, MEMORY_BAR, used.megabytes <= MEMORY_BAR, notes)


def _start(bytecode: Path, *words: object) -> Started:
    """Start one window; bytecode is kept, as on a computer where the program was started before."""
    around = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "tests.benchmarks.window_process", *map(str, words)]
    began = time.time()
    done = subprocess.run(
        command, capture_output=True, check=True, text=True, env=around | {"PYTHONPYCACHEPREFIX": str(bytecode)}
    )
    first, *rest = [json.loads(line) for line in done.stdout.splitlines()]
    last = rest[-1] if rest else first
    apart = began + first["argon"]
    whole = last.get("whole_at", first["usable_at"])
    return Started(first["usable_at"] - apart, whole - apart, first["argon"], last["rss_mb"])
