"""``tefter demo``: a municipality with two villages at work, each part an own process, on plausible invented data."""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from app.commands.common import answer, progress
from app.demonstration import windows
from app.demonstration.processes import CommandFailed
from app.demonstration.stage import play
from app.domain.errors import StoreExists

FAILED = 2


def add(groups: Any) -> None:  # noqa: ANN401 - argparse's own unnamed type
    """Add the command."""
    command = groups.add_parser("demo", help="show it at work on invented data")
    command.add_argument("--headless", action="store_true", help="without windows: play the days and count")
    command.add_argument("--json", action="store_true")
    command.add_argument("--dir", type=Path, help="where the stores go; kept afterwards")
    command.add_argument("--entries", type=int, default=120)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Play the demonstration and print what the stores hold afterwards."""
    folder: Path = arguments.dir or Path(tempfile.mkdtemp(prefix="tefter-demo-"))
    if folder.exists() and any(folder.iterdir()):
        raise StoreExists(place=folder.name)
    try:
        facts = play(folder, arguments.entries, progress, None if arguments.headless else windows.show)
    except CommandFailed as failure:
        progress(str(failure))
        return FAILED
    answer(arguments, facts)
    return 0 if facts["equal"] else 1
