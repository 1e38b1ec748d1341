"""Attachments of an entry (приложения): stored first, then recorded; listed, read, copied out; rests tidied.

A file lies whole in the vault before a fact names it. What is cut off between leaves a file that no fact names; a
later start removes it. The other way round a fact would name what nobody can bring back.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from app.domain import file_types
from app.domain.errors import DiskFailed, FileUnreadable, TooManyFiles
from app.domain.facts import AttachmentAdded
from app.domain.file_types import Gauge
from app.domain.ports import Disk, OpenFile
from app.domain.terms import AttachmentSource
from app.ledger.prepared import Prepared
from app.ledger.tables import accounts, attachments, journal
from app.services.book_rules import require_standing
from app.services.case_details import Attachment, attachments_of
from app.store.files import PIECE, Kept
from app.store.station import StationStore

Progress = Callable[[int], None]
"""Told how many octets are done; on the worker's thread."""

_ADDED_BY = Prepared(
    sa.select(attachments.c.attachment, accounts.c.name)
    .join(journal, journal.c.position == attachments.c.position)
    .join(
        accounts,
        sa.and_(accounts.c.stream == journal.c.stream, accounts.c.account == attachments.c.actor),
        isouter=True,
    )
    .where(attachments.c.entry == sa.bindparam("entry"))
)
_COUNT = Prepared(sa.select(sa.func.count()).where(attachments.c.entry == sa.bindparam("entry")))
_DIGESTS = sa.select(attachments.c.digest).distinct()


class Held(NamedTuple):
    """An attachment, and who added it (empty where it was nobody of this side)."""

    attachment: Attachment
    actor: str


class Stored(NamedTuple):
    """A content that lies in the vault and belongs to no entry yet; ``name`` is fit to be kept."""

    digest: bytes
    size: int
    name: str
    media: str


def nobody(_done: int) -> None:
    """Tell nobody."""


# --- adding -----------------------------------------------------------------------------------------------------------


def require_room(connection: sa.Connection, entry: bytes) -> None:
    """Accept an entry to which a file can be added.

    Raises:
        UnknownEntry, AlreadyAnnulled: it is not here, or no longer in force.
        TooManyFiles: it has as many as an entry may have.

    """
    require_standing(connection, entry)
    if int(_COUNT.value(connection, entry=entry) or 0) >= file_types.MOST_FILES:
        raise TooManyFiles(most=file_types.MOST_FILES)


def store_file(store: StationStore, entry: bytes, path: Path, progress: Progress = nobody) -> Stored:
    """Keep the content of a file in the vault, for an entry to which it will be added.

    Raises:
        FileUnreadable: there is no such file, or it cannot be read.
        EmptyFile, FileTooLarge, ProgramRefused: it is not taken; nothing is kept.
        UnknownEntry, AlreadyAnnulled, TooManyFiles: the entry takes none.
        DiskFull, DiskFailed: nothing is kept.

    """
    with store.ledger.reading() as connection:
        require_room(connection, entry)
    gauge, found = Gauge(), []

    def looked_at(file: OpenFile) -> Iterator[bytes]:
        for piece in _pieces(file):
            gauge.feed(piece)
            yield piece
            progress(gauge.size)
        found.append(gauge.judge(path.name))

    with _opened(store.world.disk, path) as file:
        kept = store.files.put(looked_at(file), store.world.milestone)
    (kind,) = found
    return Stored(kept.digest, kept.size, file_types.proper_name(path.name, kind), kind.media)


@contextmanager
def _opened(disk: Disk, path: Path) -> Iterator[OpenFile]:
    try:
        file = disk.open(str(path))
    except (FileNotFoundError, DiskFailed) as error:
        raise FileUnreadable from error
    try:
        yield file
    finally:
        file.close()


def _pieces(file: OpenFile) -> Iterator[bytes]:
    """Return a stranger's file in pieces; that it cannot be read is no fault of our own disk."""
    while True:
        try:
            piece = file.read(PIECE)
        except DiskFailed as error:
            raise FileUnreadable from error
        if not piece:
            return
        yield piece


class Adding(NamedTuple):
    """What is said of a stored content: under which id it is added, how many sheets it shows, where it comes from."""

    attachment: bytes
    sheets: int
    source: AttachmentSource


def add(store: StationStore, entry: bytes, stored: Stored, said: Adding, confirmed: date | None = None) -> Attachment:
    """Add a stored content to an entry; one that the entry has already is answered and not added again.

    Raises:
        UnknownEntry, AlreadyAnnulled, TooManyFiles: nothing was changed.
        ClockDoubtful: the date must be confirmed.

    """
    with store.act(confirmed) as act:
        found = _same(act.connection, entry, stored.digest)
        if found is None:
            require_room(act.connection, entry)
            fact = act.record(
                AttachmentAdded(
                    entry=entry,
                    attachment=said.attachment,
                    digest=stored.digest,
                    name=stored.name,
                    media=stored.media,
                    size=stored.size,
                    sheets=said.sheets,
                    source=said.source,
                )
            )
            found = Attachment(
                *(said.attachment, stored.digest, stored.name, stored.media, stored.size, said.sheets, said.source),
                fact.recorded_at,
            )
    return found


def _same(connection: sa.Connection, entry: bytes, digest: bytes) -> Attachment | None:
    return next((one for one in attachments_of(connection, entry) if one.digest == digest), None)


# --- reading ----------------------------------------------------------------------------------------------------------


def held(connection: sa.Connection, entry: bytes) -> tuple[Held, ...]:
    """Return the attachments of an entry with who added each, in the order in which they were added."""
    names = {bytes(row.attachment): row.name or "" for row in _ADDED_BY.all(connection, entry=entry)}
    return tuple(Held(one, names.get(one.attachment, "")) for one in attachments_of(connection, entry))


def content(store: StationStore, digest: bytes) -> bytes:
    """Return a whole content: at most the twenty megabytes that an attachment may have.

    Raises:
        FileMissing, FileDamaged, DiskFailed: as they say.

    """
    return b"".join(store.files.read(digest))


def save_copy(store: StationStore, which: Attachment, path: Path, progress: Progress = nobody) -> None:
    """Write a content in clear where the clerk wants it; nothing stands there before all of it was found whole.

    Raises:
        FileMissing, FileDamaged: no copy was written.
        FileUnreadable: the folder is not there, or does not take the file.
        DiskFull: no copy was written.

    """
    disk = store.world.disk
    if not path.parent.is_dir():
        raise FileUnreadable
    done = 0
    try:
        fresh = disk.begin(f"{path}.new")
        try:
            for piece in store.files.read(which.digest):
                fresh.write(piece)
                done += len(piece)
                progress(done)
            fresh.keep(str(path))
        finally:
            fresh.drop()
    except DiskFailed as error:
        raise FileUnreadable from error


def remove_original(store: StationStore, stored: Stored, path: Path) -> bool:
    """Remove the file that was attached from where it lies in clear; return whether it went.

    It stays where it is another by now (a scanner may have used its name again) or where the vault does not hold all
    of it.

    Raises:
        FileUnreadable: it cannot be read, or not removed.

    """
    digest = hashlib.sha256()
    with _opened(store.world.disk, path) as file:
        for piece in _pieces(file):
            digest.update(piece)
    if digest.digest() != stored.digest or not store.files.is_whole(Kept(stored.digest, stored.size)):
        return False
    try:
        store.world.disk.remove(str(path))
    except OSError as error:
        raise FileUnreadable from error
    return True


# --- tidying ----------------------------------------------------------------------------------------------------------


def tidy(store: StationStore) -> int:
    """Remove from the vault what no fact names; return how many files that were.

    Raises:
        StoreUnavailable: they lie there until the next start.

    """

    def named() -> list[bytes]:
        with store.ledger.reading() as connection:
            return [bytes(digest) for digest in connection.execute(_DIGESTS).scalars()]

    return store.files.tidy(named)
