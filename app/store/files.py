"""The vault (хранилище на файловете): contents of attachments, encrypted piece by piece, beside the database.

A file lies in the store's folder ``files`` under a name that tells nothing: an HMAC of the SHA-256 of its content, so
the same content lies there once. What a file is, and that it belongs to an entry, only facts say.

Its octets: a header (form, size of a piece, 32 random octets), then pieces of 256 KiB, each under AES-256-GCM with
its place and a mark of the last one in the nonce and the header beside it (the STREAM construction): no piece can be
changed, moved, left out or added. The random octets and the vault's secret give the file's own key by HKDF. So a file
can be told to the town by its key and its pieces as they lie, and no other file with it.

The secret lies in the encrypted database: a new database key leaves it, and every file, as it is.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.errors import FileDamaged, FileMissing
from app.domain.ports import Disk, Milestone, OpenFile, Randomness

FOLDER = "files"
SECRET_NAME = "files"  # noqa: S105 - where it lies in the table of secrets
SECRET_BYTES = 32
PIECE = 262_144
"""Octets of content in a piece: so large at most may a piece be that travels, so small the memory of a reader."""

_FORM = b"tefter/file/1\n"
_SIZES = range(15, 19)
"""A piece may hold 2**15 to 2**18 octets (32 to 256 KiB)."""
_SALT = 32
_HEADER = len(_FORM) + 1 + _SALT
_TAG = 16
_KEY_LABEL, _NAME_LABEL = b"tefter/file/key/1", b"tefter/file/name/1"
_FRESH = ".new"


class Kept(NamedTuple):
    """What the vault holds: SHA-256 of the content, and how many octets it has."""

    digest: bytes
    size: int


class Secret(Protocol):
    """The vault's 32 octets."""

    def __call__(self, *, make: bool = False) -> bytes:
        """Return them; where there are none yet, make them if that is asked for, else return nothing."""


class Vault:
    """The files of one store. Its secret is made with its first file: who only reads writes nothing."""

    def __init__(self, folder: Path, disk: Disk, randomness: Randomness, secret: Secret) -> None:
        self.folder = folder / FOLDER
        self._disk, self._randomness, self._secret = disk, randomness, secret
        self._own: set[str] = set()
        """Names that this process made: the fact of a file comes after it, so tidying leaves them alone."""

    # --- writing ---

    def put(self, content: Iterable[bytes], milestone: Milestone) -> Kept:
        """Keep a content, given in pieces of any length; what ``content`` raises is raised, and nothing is kept.

        Raises:
            DiskFull, DiskFailed: nothing is kept; what was there stays.

        """
        secret = self._secret(make=True)
        fresh_name = self._randomness.bytes(16).hex() + _FRESH
        self._own.add(fresh_name)
        fresh = self._disk.begin(str(self.folder / fresh_name))
        try:
            kept = self._encrypt(secret, content, fresh.write)
            name = self._name(kept.digest)
            self._own.add(name)
            milestone("before_file")
            if not self.is_whole(kept):  # a damaged one is mended by the same content
                fresh.keep(str(self.folder / name))
        finally:
            fresh.drop()
        milestone("after_file")
        return kept

    def _encrypt(self, secret: bytes, content: Iterable[bytes], write: Callable[[bytes], None]) -> Kept:
        salt = self._randomness.bytes(_SALT)
        header = _FORM + bytes([PIECE.bit_length() - 1]) + salt
        key = AESGCM(_derived(secret, salt, _KEY_LABEL))
        digest, size = hashlib.sha256(), 0
        write(header)
        for at, (piece, last) in enumerate(_marked(_regular(content))):
            digest.update(piece)
            size += len(piece)
            write(key.encrypt(_nonce(at, last=last), piece, header))
        return Kept(digest.digest(), size)

    # --- reading ---

    def read(self, digest: bytes) -> Iterator[bytes]:
        """Return a content in pieces. Nothing of it is to be used before the last one came without an error.

        Raises:
            FileMissing: it is not there.
            FileDamaged: an octet is another, or some are missing.
            DiskFailed: the disk does not read it.

        """
        with self._opened(digest) as file:
            whole = hashlib.sha256()
            for piece in self._decrypt(file):
                whole.update(piece)
                yield piece
            if whole.digest() != digest:
                raise FileDamaged

    @contextmanager
    def _opened(self, digest: bytes) -> Iterator[OpenFile]:
        try:
            file = self._disk.open(str(self.folder / self._name(digest)))
        except FileNotFoundError as error:
            raise FileMissing from error
        try:
            yield file
        finally:
            file.close()

    def _decrypt(self, file: OpenFile) -> Iterator[bytes]:
        header = file.read(_HEADER)
        form, log, salt = header[: len(_FORM)], header[len(_FORM) : len(_FORM) + 1], header[len(_FORM) + 1 :]
        if form != _FORM or len(salt) != _SALT or log[0] not in _SIZES:
            raise FileDamaged
        key = AESGCM(_derived(self._secret(), salt, _KEY_LABEL))
        length = (1 << log[0]) + _TAG
        pieces = iter(lambda: file.read(length), b"")
        found = False
        for at, (piece, last) in enumerate(_marked(pieces)):
            found = True
            try:
                yield key.decrypt(_nonce(at, last=last), piece, header)
            except (InvalidTag, ValueError) as error:
                raise FileDamaged from error
        if not found:
            raise FileDamaged

    def is_whole(self, kept: Kept) -> bool:
        """Return whether a content is there, all of it and as it was. Damage is an answer, a failing disk an error."""
        try:
            return sum(map(len, self.read(kept.digest))) == kept.size
        except (FileMissing, FileDamaged):
            return False

    # --- tidying ---

    def tidy(self, wanted: Callable[[], Iterable[bytes]]) -> int:
        """Remove what no fact names: rests of a process that was cut off before its act. Return how many.

        ``wanted`` answers with the digests that facts name; it is asked after the folder was read, so that a file
        whose fact comes meanwhile is wanted.
        """
        there = self._disk.names(str(self.folder))
        if not there or not self._secret():
            return 0
        named = {self._name(digest) for digest in wanted()}
        left = [name for name in there if name not in named and name not in self._own]
        for name in left:
            self._disk.remove(str(self.folder / name))
        return len(left)

    def _name(self, digest: bytes) -> str:
        secret = self._secret()
        if not secret:
            raise FileMissing
        return hmac.digest(_derived(secret, b"", _NAME_LABEL), digest, "sha256").hex()


def _derived(secret: bytes, salt: bytes, label: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=SECRET_BYTES, salt=salt, info=label).derive(secret)


def _nonce(at: int, *, last: bool) -> bytes:
    return at.to_bytes(11, "big") + bytes([last])


def _regular(content: Iterable[bytes]) -> Iterator[bytes]:
    """Return the same octets in pieces of ``PIECE``, the last one shorter; an empty content is one empty piece."""
    waiting = bytearray()
    for part in content:
        waiting += part
        while len(waiting) > PIECE:
            yield bytes(waiting[:PIECE])
            del waiting[:PIECE]
    yield bytes(waiting)


def _marked(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Return each piece with whether it is the last."""
    before: bytes | None = None
    for piece in pieces:
        if before is not None:
            yield before, False
        before = piece
    if before is not None:
        yield before, True
