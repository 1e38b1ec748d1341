"""The windows of the demonstration (прозорци): the village's and the town's, over the stage's services."""

import subprocess
import sys
from pathlib import Path

from app.demonstration.processes import CommandFailed

TOKEN_FILE = "desk.token"  # noqa: S105 - a file's name


def show(store: Path, address: str, token: str) -> None:
    """Open both windows and wait until both are closed.

    Raises:
        CommandFailed: one of them could not be opened.

    """
    file = store.parent / TOKEN_FILE
    file.write_text(token + "\n", "ascii")
    commands = (("window", "--store", str(store)), ("desk", "--url", address, "--token-file", str(file)))
    opened = [subprocess.Popen([sys.executable, "-m", "app", *words], stdin=subprocess.DEVNULL) for words in commands]  # noqa: S603 - our own program
    try:
        codes = [one.wait() for one in opened]
    finally:
        for one in opened:
            one.terminate()
    for words, code in zip(commands, codes, strict=True):
        if code != 0:
            raise CommandFailed(words[:1])
