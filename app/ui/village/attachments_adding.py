"""Files on their way into an entry (добавяне на приложения): one after another, stored on a worker, then recorded."""

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from app.domain import electronic_file, file_types
from app.domain.errors import TefterError
from app.domain.terms import AttachmentSource
from app.preview import looking
from app.services import attachments
from app.services.attachments import Adding, Stored
from app.services.case_details import Attachment
from app.services.details import EntryDetails
from app.ui.village.session import ENTRIES, Session


class Came(NamedTuple):
    """A file that is attached now: which it is, where it lay, and what the vault holds of it."""

    attachment: Attachment
    path: Path
    stored: Stored


class Hears(NamedTuple):
    """Who is told: that a file is attached, that one is not and why, that one is though nobody looks any more."""

    came: Callable[[Came], None]
    failed: Callable[[Path, TefterError], None]
    late: Callable[[Came], None]


class _Ready(NamedTuple):
    """A file that lies in the vault, with the sheets that it shows."""

    stored: Stored
    sheets: int


class Queue:
    """Attaches files to one entry, one after another.

    ``hears`` is told of each; ``done`` tells how many octets of the file under way are stored.
    """

    def __init__(self, session: Session, entry: EntryDetails, hears: Hears) -> None:
        self._session, self._entry, self._hears = session, entry, hears
        self._waiting: deque[tuple[Path, AttachmentSource | None]] = deque()
        self._over = False
        self.now: Path | None = None
        self.done = 0

    @property
    def left(self) -> int:
        """How many files wait behind the one under way."""
        return len(self._waiting)

    def add(self, paths: Sequence[Path], source: AttachmentSource | None = None) -> None:
        """Attach files; ``source`` where it is known, else it is told by how the entry came and what the file is."""
        self._waiting.extend((path, source) for path in paths)
        if self.now is None:
            self._next()

    def stop(self) -> None:
        """Nobody looks any more: what is under way is done, the rest is left."""
        self._over = True
        self._waiting.clear()

    def _next(self) -> None:
        self.done = 0
        if not self._waiting:
            self.now = None
            return
        path, source = self._waiting.popleft()
        self.now = path
        self._session.look_around(
            partial(self._store, path), partial(self._stored, path, source), partial(self._refused, path)
        )

    def _store(self, path: Path) -> _Ready:
        """Store a file and count its sheets; on a worker."""
        store = self._session.store
        stored = attachments.store_file(store, self._entry.row.entry, path, self._progress)
        drawn = file_types.of_media(stored.media).drawn
        sheets = looking.count_pages(stored.media, attachments.content(store, stored.digest)) if drawn else 0
        return _Ready(stored, sheets)

    def _progress(self, done: int) -> None:
        self.done = done

    def _stored(self, path: Path, source: AttachmentSource | None, ready: _Ready) -> None:
        session, entry, stored = self._session, self._entry, ready.stored
        kind = file_types.of_media(stored.media)
        told = source or electronic_file.likely_source(entry.channel, kind)
        said = Adding(session.new_id(), ready.sheets, told)

        def heard(added: Attachment) -> None:
            tell = self._hears.late if self._over else self._hears.came
            tell(Came(added, path, stored))
            self._next()

        session.act(
            lambda confirmed: attachments.add(session.store, entry.row.entry, stored, said, confirmed),
            heard,
            partial(self._refused, path),
            frozenset({ENTRIES}),
        )

    def _refused(self, path: Path, error: TefterError) -> None:
        if not self._over:
            self._hears.failed(path, error)
        self._next()
