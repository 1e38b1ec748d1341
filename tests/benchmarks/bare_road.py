"""The bare limit of the road: the same steps with the libraries alone, on the same entries.

Rows out of SQLCipher, MessagePack, zstd-3, HPKE and Ed25519, POST to a bare relay that commits; GET, verify, open,
decode, rows into SQLCipher in one commit; a signed acknowledgement back the same way.
"""

import hashlib
import http.client
import subprocess
import sys
from pathlib import Path
from time import perf_counter, process_time
from types import TracebackType
from typing import Any, NamedTuple, Self

import msgspec
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite

from app.ledger import engine as engines
from app.ledger.migrate import LEDGER, migrate
from app.ledger.tables import entries, entry_correspondents, findings
from tests.benchmarks import bare
from tests.benchmarks.municipality import octets_through

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
TABLES = (entries, entry_correspondents, findings)
SIGNATURE = 64
INFO = b"bare"


class Carried(NamedTuple):
    """What one run took; octets are those of the village's side, of the centre's side and of the batch alone."""

    seconds: float
    village_octets: int
    centre_octets: int
    entries: int
    sealed: int
    processor: float


class BareRoad:
    """A bare village and a bare centre, with a bare relay in its own process between them."""

    def __init__(self, folder: Path, station: Path, key: bytes) -> None:
        self._folder = folder
        self._station = station
        self._key = key

    def __enter__(self) -> Self:
        """Make keys and the centre's database with the project's own schema, and start the relay."""
        self._folder.mkdir()
        self._village_key, self._centre_key = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
        kem, curve = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
        self._open_key = MLKEM768X25519PrivateKey(kem, curve)
        self._seal_key = self._open_key.public_key()
        place = self._folder / "centre.db"
        engine = engines.open_engine(place, self._key)
        migrate(engine, (LEDGER,))
        engine.dispose()
        self._village = bare.connect(self._station, self._key)
        self._centre = bare.connect(place, self._key)
        words = [sys.executable, "-m", "tests.benchmarks.bare_relay", str(self._folder / "relay.db")]
        self._relay = subprocess.Popen(words, stdout=subprocess.PIPE)
        self._port = int(self._relay.stdout.readline()) if self._relay.stdout is not None else 0
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the relay and close."""
        self._relay.terminate()
        self._relay.wait(60)
        if self._relay.stdout is not None:
            self._relay.stdout.close()
        self._village.close()
        self._centre.close()

    def carry(self, after: int) -> Carried:
        """Carry the entries after a position; checkpoints stay outside the clock, as with ours."""
        bare.checkpoint(self._centre)
        processor, start = process_time(), perf_counter()
        village = http.client.HTTPConnection("127.0.0.1", self._port)
        centre = http.client.HTTPConnection("127.0.0.1", self._port)
        sealed = self._sealed(after)
        _ask(village, "POST", "/centre", sealed)
        count, answer = self._recorded(_ask(centre, "GET", "/centre"))
        _ask(centre, "POST", "/village", answer)
        reply = _ask(village, "GET", "/village")
        self._centre_key.public_key().verify(reply[:SIGNATURE], reply[SIGNATURE:])
        seconds, processor = perf_counter() - start, process_time() - processor
        village_octets, centre_octets = octets_through(village.sock), octets_through(centre.sock)
        village.close()
        centre.close()
        return Carried(seconds, village_octets, centre_octets, count, len(sealed), processor)

    def _sealed(self, after: int) -> bytes:
        rows = [
            self._village.execute(f'SELECT * FROM "{table.name}" WHERE position > ?', (after,)).fetchall()  # noqa: S608 - a name from the schema
            for table in TABLES
        ]
        packed = zstandard.ZstdCompressor(level=3).compress(msgspec.msgpack.encode(rows))
        sealed = SUITE.encrypt(packed, self._seal_key, INFO)
        return self._village_key.sign(sealed) + sealed

    def _recorded(self, octets: bytes) -> tuple[int, bytes]:
        sealed = octets[SIGNATURE:]
        self._village_key.public_key().verify(octets[:SIGNATURE], sealed)
        packed = SUITE.decrypt(sealed, self._open_key, INFO)
        rows: Any = msgspec.msgpack.decode(zstandard.ZstdDecompressor().decompress(packed))
        self._centre.execute("BEGIN IMMEDIATE")
        for table, many in zip(TABLES, rows, strict=True):
            places = ", ".join("?" * len(table.columns))
            self._centre.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', many)  # noqa: S608 - as above
        self._centre.execute("COMMIT")
        said = hashlib.sha256(octets).digest()
        return len(rows[0]), self._centre_key.sign(said) + said


def _ask(connection: http.client.HTTPConnection, method: str, path: str, body: bytes | None = None) -> bytes:
    connection.request(method, path, body)
    return connection.getresponse().read()
