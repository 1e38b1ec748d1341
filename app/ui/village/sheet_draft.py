"""What is typed into a sheet (чернова на лист): kept like a form's, so that a lock or a kill costs no words."""

from collections.abc import Callable

import msgspec
from PySide6.QtWidgets import QWidget

from app.ui.village.draft_keeper import DraftKeeper
from app.ui.village.session import Session
from app.ui.village.ways import Ways


class Words(msgspec.Struct, frozen=True):
    """The entry that the sheet is about, and its texts."""

    entry: bytes
    texts: tuple[str, ...]


class SheetDraft:
    """Keeps a sheet's texts under ``kind``; ``put`` shows those that were kept for the same entry."""

    def __init__(self, session: Session, ways: Ways, kind: str, entry: bytes, sheet: QWidget) -> None:
        self._session, self._ways = session, ways
        self._kind, self._entry = kind, entry
        self.id = session.new_id()
        self._texts: Callable[[], tuple[str, ...]] = tuple
        self._put: Callable[[tuple[str, ...]], object] = self._texts_of_nobody
        self._over = False
        self._keeper = DraftKeeper(kind, self._content, sheet)
        self._keeper.use(session)
        self._keeper.failed.connect(ways.fail)
        self.touched = self._keeper.touched
        self.flush = self._keeper.flush

    def _texts_of_nobody(self, _texts: tuple[str, ...]) -> None:
        """Show them nowhere: the sheet has not said where yet."""

    def begin(self, texts: Callable[[], tuple[str, ...]], put: Callable[[tuple[str, ...]], object]) -> None:
        """Say where the texts are read and shown, and look for those that were kept."""
        self._texts, self._put = texts, put
        self._session.kept(self._kind, self._found, self._ways.fail)

    def _found(self, kept: list[tuple[bytes, bytes]]) -> None:
        for draft, content in kept:
            words = msgspec.msgpack.decode(content, type=Words)
            if words.entry == self._entry and not any(self._texts()) and not self._over:
                self.id = draft
                self._put(words.texts)
                return

    def _content(self) -> tuple[bytes, bytes] | None:
        texts = self._texts()
        if self._over or not any(text.strip() for text in texts):
            return None
        return self.id, msgspec.msgpack.encode(Words(self._entry, texts))

    def acting(self) -> None:
        """The act begins: what is typed is kept now, and no more after it."""
        self._keeper.flush()
        self._over = True

    def again(self) -> None:
        """The act was refused: keep on keeping."""
        self._over = False

    def drop(self) -> None:
        """The clerk went back: forget what was typed."""
        self._over = True
        self._keeper.rest()
        self._session.forget(self.id, self._ways.fail)
