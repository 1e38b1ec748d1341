"""``tefter`` and ``tefter window``: the village window over the store of this computer."""

import argparse
import gc
from pathlib import Path
from typing import Any

from app import operating_system
from app.commands.common import add_language, read_file, words
from app.demonstration import PASSWORD_BESIDE


def add(groups: Any) -> None:  # noqa: ANN401 - argparse's own unnamed type
    """Add the command."""
    command = groups.add_parser("window", help="the village window")
    command.add_argument("--store", type=Path, default=operating_system.default_store())
    command.add_argument("--password-file", type=Path, metavar="F", help="unlock with this file's password")
    command.add_argument("--theme", choices=("system", "light", "dark"), default="system")
    command.add_argument("--text-size", type=float, metavar="1.0-2.0")
    command.add_argument("--no-exchange", action="store_true", help="do not go to the relay unasked")
    add_language(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Open the window and stay until it is closed."""
    gc.disable()  # what a start makes stays for good; ``application.start`` begins to collect behind the first picture
    from app import windows  # noqa: PLC0415 - Qt is loaded for windows only
    from app.ui import application  # noqa: PLC0415 - the same

    dark = {"light": False, "dark": True}.get(arguments.theme)
    running = application.start(dark=dark, scale=arguments.text_size)
    opened = windows.open_village(
        arguments.store, words(arguments.language), password=_password(arguments), exchanges=not arguments.no_exchange
    )
    if opened is None:
        return 0
    return int(running.exec())


def _password(arguments: argparse.Namespace) -> str | None:
    """Return the password from the file named, or beside a demonstration's store; None: the clerk types it."""
    file: Path | None = arguments.password_file
    beside = arguments.store.with_name(f"{arguments.store.name}.{PASSWORD_BESIDE}")
    if file is None and beside.is_file():
        file = beside
    return read_file(file).decode().strip() if file is not None else None
