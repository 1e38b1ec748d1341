"""``tefter relay``: keep sealed envelopes until they are fetched."""

import argparse
import os
import secrets
import socket
import time
from pathlib import Path
from typing import Any

from app.commands.common import answer
from app.domain.errors import StoreMissing, StoreTooNew
from app.system import SystemDisk, milestone_from_environment
from sync import signatures

KEY = "relay.key"
TRUST = "trust"


def add(groups: Any) -> None:  # noqa: ANN401 - argparse's own unnamed type
    """Add the command."""
    command = groups.add_parser("relay", help="keep sealed envelopes until they are fetched")
    command.add_argument("action", choices=("init", "trust", "serve"), nargs="?", default="serve")
    command.add_argument("--dir", type=Path, required=True)
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int, default=8470)
    command.add_argument("--municipality")
    command.add_argument("--key", help="the public signing key of the municipality's centre, hexadecimal")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make a relay, trust a centre, or serve."""
    return {"init": _init, "trust": _trust, "serve": _serve}[arguments.action](arguments)


def _init(arguments: argparse.Namespace) -> int:
    folder: Path = arguments.dir
    folder.mkdir(parents=True, exist_ok=True)
    disk, key = SystemDisk(), folder / KEY
    if not key.exists():
        disk.write(str(key), secrets.token_bytes(32))
    public = signatures.public_key(disk.read(str(key)))
    answer(arguments, {"relay_key": public.hex()})
    return 0


def _trust(arguments: argparse.Namespace) -> int:
    folder = arguments.dir / TRUST
    folder.mkdir(parents=True, exist_ok=True)
    SystemDisk().write(str(folder / arguments.municipality), bytes.fromhex(arguments.key))
    answer(arguments, {"trusted": arguments.municipality})
    return 0


def _serve(arguments: argparse.Namespace) -> int:
    import uvicorn  # noqa: PLC0415 - only serving needs it

    from sync.relay import store as relay_store  # noqa: PLC0415
    from sync.relay.app import Means, Relay  # noqa: PLC0415
    from sync.relay.doorkeeper import Trust  # noqa: PLC0415

    disk = SystemDisk()
    try:
        key = disk.read(str(arguments.dir / KEY))
    except FileNotFoundError as error:
        raise StoreMissing(place=arguments.dir.name) from error
    trusted = {
        name: Trust(name, disk.read(str(arguments.dir / TRUST / name)))
        for name in disk.names(str(arguments.dir / TRUST))
    }
    try:
        store = relay_store.RelayStore(arguments.dir)
    except relay_store.StoreTooNew as error:
        raise StoreTooNew from error
    means = Means(store, key, trusted, lambda: int(time.time()), os.urandom, milestone_from_environment())
    listener = listening(arguments.host, arguments.port)
    answer(arguments, {"listening": f"http://{arguments.host}:{listener.getsockname()[1]}"})
    server = uvicorn.Server(uvicorn.Config(Relay(means).app(), log_level="warning", access_log=False))
    server.run(sockets=[listener])
    store.close()
    return 0


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes a free one."""
    listener = socket.create_server((host, port), backlog=256)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
