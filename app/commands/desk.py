"""``tefter desk``: the window in the town, over the centre's HTTP API."""

import argparse
import gc
from pathlib import Path
from typing import Any

from app.commands.common import add_language, read_file, words


def add(groups: Any) -> None:  # noqa: ANN401 - argparse's own unnamed type
    """Add the command."""
    command = groups.add_parser("desk", help="the desk in the town")
    command.add_argument("--url", default="", help="the address of the centre's service")
    command.add_argument("--token-file", type=Path, metavar="F", help="sign in with this file's access code")
    command.add_argument("--theme", choices=("system", "light", "dark"), default="system")
    command.add_argument("--text-size", type=float, metavar="1.0-2.0")
    add_language(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Open the desk and stay until it is closed."""
    gc.disable()  # what a start makes stays for good; ``application.start`` begins to collect behind the first picture
    from app import desk_start  # noqa: PLC0415 - Qt is loaded for windows only
    from app.ui import application  # noqa: PLC0415 - the same

    dark = {"light": False, "dark": True}.get(arguments.theme)
    running = application.start(dark=dark, scale=arguments.text_size)
    token = read_file(arguments.token_file).decode().strip() if arguments.token_file is not None else None
    window = desk_start.open_desk(words(arguments.language), address=arguments.url, token=token)
    code = int(running.exec())
    window.deleteLater()
    return code
