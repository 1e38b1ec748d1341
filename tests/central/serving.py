"""The centre's API on a real socket of this machine, over a town in this process."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from app.domain.errors import RelayUnreachable
from tests.town import Town


class TownRoad:
    """The postman of a town without a socket; where ``away``, the relay is out of reach."""

    last_success: int | None = None
    last_failure: str | None = None
    away = False

    def __init__(self, town: Town) -> None:
        self._town = town

    def exchange_now(self) -> None:
        """Exchange with the relay."""
        if self.away:
            raise RelayUnreachable(why="ConnectionError")
        self._town.centre_exchange()


@contextmanager
def serving(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """Serve an application on a port of this machine; give its address."""
    listener = socket.create_server(("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False, ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)
        listener.close()
