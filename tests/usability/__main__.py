"""``python -m tests.usability [--json] [--entries N]``: each usability check that exists, figure, limit, holds."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.ui.look.theme import theme
from tests.town import Town
from tests.usability import faults, registering, screens, searching, seeing
from tests.usability.figures import Check

CHECKS: tuple[Callable[[Town], list[Check]], ...] = (
    registering.known_applicant,
    registering.new_applicant,
    registering.known_fee,
    seeing.tab_order,
    seeing.names,
    registering.three_errors,
    registering.half_a_form,
    registering.locked,
    seeing.large_text,
    seeing.contrasts,
    seeing.targets,
    seeing.ten_days_off_line,
    seeing.sentences,
    faults.provoked,
    registering.storno,
)
ENTRIES = 200_000


def run(entries: int) -> list[Check]:
    """Run every check, each on a municipality of its own; ``entries`` for the search, 0 leaves it out."""
    found: list[Check] = []
    for check in CHECKS:
        sys.stderr.write(f"{check.__name__} …\n")
        with tempfile.TemporaryDirectory(prefix="tefter-usability-") as folder, Town(Path(folder)) as town:
            QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)
            theme().set_scale(1.0)
            found += check(town)
    with tempfile.TemporaryDirectory(prefix="tefter-usability-") as folder:
        sys.stderr.write("every_screen …\n")
        theme().set_scale(1.0)
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)
        found += screens.every_screen(Path(folder))
    if entries:
        with tempfile.TemporaryDirectory(prefix="tefter-usability-") as folder:
            found += searching.spellings(Path(folder), entries)
    return sorted(found, key=lambda one: int(one.name.removeprefix("U")))


def main() -> int:
    """Print the checks; the exit code tells whether all hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.usability")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--entries", type=int, default=ENTRIES, help="of the register that is searched; 0: not at all")
    arguments = parser.parse_args()
    application = QApplication(sys.argv[:1])
    theme().start(application, dark=False, scale=1.0)
    found = run(arguments.entries)
    if arguments.json:
        sys.stdout.write(json.dumps([one._asdict() for one in found], ensure_ascii=False) + "\n")
    else:
        for one in found:
            holds = "holds" if one.holds else "FAILS"
            sys.stdout.write(f"{one.name:<5}{holds:<7}{one.what}: {one.figure} (limit {one.limit})\n")
    return 0 if all(one.holds for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
