"""``tefter``: window (also without a word), desk, demo, verify, relay, centre, station.

Each group is loaded only when it is asked for.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from app import last_resort
from app.domain.errors import TefterError

GROUPS = ("window", "desk", "demo", "verify", "relay", "centre", "station")
FINDINGS, FAILED = 1, 2


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = argparse.ArgumentParser(prog="tefter", description=__doc__.split(":", 1)[1].strip())
    groups = top.add_subparsers(dest="group", required=True)
    for name in GROUPS:
        importlib.import_module(f"app.commands.{name}").add(groups)
    return top


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when all is well, 1 for findings, 2 for an error told as a sentence."""
    last_resort.install(os.environ.get("TEFTER_LANGUAGE", "bg"))
    asked = list(sys.argv[1:] if words is None else words) or ["window"]
    arguments = _parse(asked)
    try:
        return int(arguments.run(arguments))
    except TefterError as error:
        from app.commands.common import explain

        sys.stderr.write(f"{explain(error)} [{error.code}]\n")
        return FAILED
    except BrokenPipeError:
        # Nobody reads on: point the stream elsewhere, so that the interpreter's own flush at exit is silent.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _parse(asked: list[str]) -> argparse.Namespace:
    """Parse with only the group asked for loaded; help and mistakes load all."""
    if asked and asked[0] in GROUPS:
        top = argparse.ArgumentParser(prog="tefter")
        groups = top.add_subparsers(dest="group", required=True)
        importlib.import_module(f"app.commands.{asked[0]}").add(groups)
        return top.parse_args(asked)
    return parser().parse_args(asked)
