"""Keeps what is typed (чернова), in the encrypted store, so that it survives a kill, a lock and an update.

At most a second and a half after a key; when the focus leaves; when the window locks or closes.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from app.domain.errors import TefterError
from app.ui.village.session import Session

PAUSE = 700
"""Milliseconds without a key after which the draft is kept."""
LONGEST = 1_500
"""Milliseconds after which it is kept although one types on."""


class DraftKeeper(QObject):
    """Keeps the draft of one page. ``content`` gives its octets now, or None while there is nothing worth keeping."""

    kept = Signal()
    """The store has what was typed: only now may the page say so."""
    failed = Signal(object)
    """The store would not take it (TefterError): the page says so; the next key tries again."""

    def __init__(self, kind: str, content: Callable[[], tuple[bytes, bytes] | None], parent: QObject) -> None:
        super().__init__(parent)
        self._kind = kind
        self._content = content
        self._session: Session | None = None
        self._last: tuple[bytes, bytes] | None = None
        self._on_the_way = 0
        self._pause, self._longest = QTimer(self), QTimer(self)
        for timer in (self._pause, self._longest):
            timer.setSingleShot(True)
            timer.timeout.connect(self.flush)

    def use(self, session: Session) -> None:
        """Keep drafts in this session's store."""
        self._session = session

    @property
    def pending(self) -> bool:
        """Whether something typed is not in the store yet."""
        return self._pause.isActive() or self._longest.isActive() or self._on_the_way > 0

    def touched(self) -> None:
        """Something was typed."""
        self._pause.start(PAUSE)
        if not self._longest.isActive():
            self._longest.start(LONGEST)

    def rest(self) -> None:
        """Do not keep what is pending: the draft was registered or thrown away."""
        self._pause.stop()
        self._longest.stop()
        self._last = None

    def flush(self) -> None:
        """Keep the draft now, if it changed."""
        self._pause.stop()
        self._longest.stop()
        now = self._content()
        if now is None or now == self._last or self._session is None:
            return
        self._last = now
        draft, content = now
        self._on_the_way += 1
        self._session.keep(draft, self._kind, content, partial(self._in_store, now), partial(self._not_kept, now))

    def _in_store(self, what: tuple[bytes, bytes]) -> None:
        if self._hears(what):
            self.kept.emit()

    def _not_kept(self, what: tuple[bytes, bytes], error: TefterError) -> None:
        if self._hears(what):
            self._last = None
            self.failed.emit(error)

    def _hears(self, what: tuple[bytes, bytes]) -> bool:
        """Return whether the page is there still, and this is the last of what it keeps: else a later answer tells."""
        if not isValid(self):  # a sheet was taken away while its last words were written
            return False
        self._on_the_way -= 1
        return what == self._last
