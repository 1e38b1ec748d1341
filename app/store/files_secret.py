"""The vault's secret (ключът на файловете), in the store's table of secrets: made once, with the first file."""

import threading

import sqlalchemy as sa

from app.domain.ports import Randomness
from app.ledger.journal import Ledger
from app.store.files import SECRET_BYTES, SECRET_NAME
from app.store.schema import secrets

_KEPT = sa.select(secrets.c.content).where(secrets.c.name == SECRET_NAME)


class FilesSecret:
    """Asks the store for the secret once; whoever asks meanwhile waits."""

    def __init__(self, ledger: Ledger, randomness: Randomness) -> None:
        self._ledger, self._randomness = ledger, randomness
        self._known = b""
        self._one_hand = threading.Lock()

    def __call__(self, *, make: bool = False) -> bytes:
        """Return its 32 octets, nothing where there is none and none is to be made; that not from within an act.

        Raises:
            StoreUnavailable: it cannot be read or kept.

        """
        with self._one_hand:
            if not self._known:
                self._known = self._kept() or (self._made() if make else b"")
            return self._known

    def _kept(self) -> bytes:
        with self._ledger.reading() as connection:
            return bytes(connection.execute(_KEPT).scalar() or b"")

    def _made(self) -> bytes:
        with self._ledger.writing() as writing:
            # Another process may have been first.
            found = bytes(writing.connection.execute(_KEPT).scalar() or b"")
            if not found:
                found = self._randomness.bytes(SECRET_BYTES)
                writing.connection.execute(sa.insert(secrets).values(name=SECRET_NAME, content=found))
        return found
