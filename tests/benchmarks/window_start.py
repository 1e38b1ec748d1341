"""``window_start``: from the process to a window that can be used, over many years, beside a bare window."""

import json
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.big_register import fill
from tests.benchmarks.figures import Result, Sizes, median_of, spread
from tests.benchmarks.municipality import PASSWORD

START_BAR = 1.3
"""Times a bare window, Argon2id apart."""
MEMORY_BAR = 200.0
"""Megabytes."""


def window_start(folder: Path, sizes: Sizes) -> list[Result]:
    """Start both windows in turn, each as an own process."""
    store = fill(folder, sizes.register)
    ours: list[float] = []
    bare: list[float] = []
    argon: list[float] = []
    memory: list[float] = []
    for _ in range(sizes.starts):
        seconds, _argon, _memory = _start("bare")
        bare.append(seconds)
        seconds, stretched, used = _start("ours", str(store), PASSWORD)
        ours.append(seconds - stretched)
        argon.append(stretched)
        memory.append(used)
    bar = START_BAR * median_of(bare)
    notes = (
        f"ours {spread(ours)}; bare {spread(bare)}",
        f"Argon2id apart: {median_of(argon) * 1000:.1f} ms here (the register for measuring has a cheap password)",
    )
    used_notes = ("resident, after three searches",)
    return [
        Result("window_start", "s", median_of(ours), median_of(bare), bar, median_of(ours) <= bar, notes),
        Result("window_memory", "MB", median_of(memory), 0.0, MEMORY_BAR, median_of(memory) <= MEMORY_BAR, used_notes),
    ]


def _start(*words: str) -> tuple[float, float, float]:
    """Start one window; return (seconds until it can be used, of these Argon2id, megabytes at the end)."""
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.window_process", *words], capture_output=True, check=True, text=True
    )
    first, *rest = [json.loads(line) for line in done.stdout.splitlines()]
    return first["usable_at"] - began, first["argon"], (rest[-1] if rest else first)["rss_mb"]
