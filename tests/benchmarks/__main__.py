"""``python -m tests.benchmarks [NAME …] [--json]``: measure, and say of each figure whether its bar holds.

``--entries`` says how big the register is that is read from (a million takes ten minutes to fill),
``--folder`` where registers are kept for the next run.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.acts import entry_and_receipt
from tests.benchmarks.figures import Benchmark, Result, Sizes, resident_megabytes
from tests.benchmarks.reading import reading
from tests.benchmarks.road import road_thousand
from tests.benchmarks.silence import silence
from tests.benchmarks.syncs import fsyncs_per_act
from tests.benchmarks.window_hour import window_hour
from tests.benchmarks.window_search import window_search
from tests.benchmarks.window_start import window_start

BENCHMARKS: dict[str, Benchmark] = {
    "entry_and_receipt": entry_and_receipt,
    "fsyncs_per_act": fsyncs_per_act,
    "reading": reading,
    "road_thousand": road_thousand,
    "silence": silence,
    "window_start": window_start,
    "window_search": window_search,
    "window_hour": window_hour,
}


def measure(names: list[str], sizes: Sizes, kept: Path | None = None) -> list[Result]:
    """Run the benchmarks named, each in an empty folder on the disk of the system's temporary files, or in ``kept``."""
    results = []
    for name in names:
        sys.stderr.write(f"{name} …\n")
        if kept is not None:
            results += BENCHMARKS[name](kept, sizes)
            continue
        with tempfile.TemporaryDirectory(prefix="tefter-benchmark-") as folder:
            results += BENCHMARKS[name](Path(folder), sizes)
    return results


def as_json(results: list[Result]) -> str:
    """Return the results as one object."""
    rows = [one._asdict() | {"ratio": one.ratio} for one in results]
    return json.dumps({"results": rows, "rss_mb": round(resident_megabytes(), 1)}, ensure_ascii=False)


def as_text(results: list[Result]) -> str:
    """Return the results as a table, each with its notes below."""
    lines = [f"{'name':<24}{'ours':>14}{'against':>14}{'ratio':>8}{'bar':>14}  holds"]
    for one in results:
        figures = "".join(f"{_figure(value, one.unit):>14}" for value in (one.ours, one.against))
        ratio = f"{one.ratio:.2f}" if one.ratio is not None else "-"
        lines.append(
            f"{one.name:<24}{figures}{ratio:>8}{_figure(one.bar, one.unit):>14}  {'yes' if one.holds else 'NO'}"
        )
        lines += [f"    {note}" for note in one.notes]
    return "\n".join([*lines, f"RSS of this process: {resident_megabytes():.1f} MB"])


def _figure(value: float, unit: str) -> str:
    return f"{value * 1000:.2f} ms" if unit == "s" else f"{value:g} {unit}"


def main() -> int:
    """Measure what is asked for; the exit code says whether every bar holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--entries", type=int, default=Sizes().register, help="of the register that is read from")
    parser.add_argument("--folder", type=Path, help="where the registers filled are kept and found again")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    results = measure(arguments.names or list(BENCHMARKS), Sizes(register=arguments.entries), arguments.folder)
    sys.stdout.write((as_json(results) if arguments.json else as_text(results)) + "\n")
    return 0 if all(one.holds for one in results) else 1


if __name__ == "__main__":
    sys.exit(main())
