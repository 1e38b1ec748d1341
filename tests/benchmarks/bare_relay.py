"""The bare limit of a relay, in its own process: ``python -m tests.benchmarks.bare_relay FILE``.

Starlette on uvicorn; what is posted is committed before the answer, and nothing else is checked or kept.
"""

import socket
import sys
from typing import Any

import uvicorn
from sqlcipher3 import dbapi2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def _connect(file: str) -> Any:  # noqa: ANN401 - the driver publishes no types
    connection = dbapi2.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS kept (place INTEGER PRIMARY KEY, recipient TEXT, sealed BLOB)")
    connection.execute("CREATE INDEX IF NOT EXISTS kept_for ON kept (recipient, place)")
    return connection


def application(file: str) -> Starlette:
    """Return the relay over a database file."""
    connection = _connect(file)

    async def deposit(request: Request) -> Response:
        sealed = await request.body()
        connection.execute("BEGIN IMMEDIATE")
        row = (request.path_params["recipient"], sealed)
        connection.execute("INSERT INTO kept (recipient, sealed) VALUES (?, ?)", row)
        connection.execute("COMMIT")
        return Response(status_code=201)

    async def collect(request: Request) -> Response:
        query = "SELECT sealed FROM kept WHERE recipient = ? ORDER BY place DESC LIMIT 1"
        found = connection.execute(query, (request.path_params["recipient"],)).fetchone()
        return Response(found[0] if found else b"")

    return Starlette(
        routes=[
            Route("/{recipient}", deposit, methods=["POST"]),
            Route("/{recipient}", collect, methods=["GET"]),
        ]
    )


def main() -> None:
    """Serve on a free port and say which."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    config = uvicorn.Config(application(sys.argv[1]), log_level="warning", access_log=False)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
