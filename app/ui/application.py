"""The application (приложение): Qt, its look, one window to a store, and the errors that nobody expected."""

import gc
import hashlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLockFile, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from app import last_resort
from app.ui import plain_import  # noqa: F401 - before the modules of the windows
from app.ui.collecting import Collector
from app.ui.look.theme import theme
from resources.speech import Speech

NAME = "Tefter"
_ANSWER_MILLISECONDS = 2_000
_LISTEN_AFTER = 400
"""Milliseconds after which the first window hears a second start; the first picture goes before."""
_TRY_AGAIN_SECONDS = 0.05
_AFTER_START = 5_000
_SWITCH_SECONDS = 0.0005
"""How long a worker may keep Python while the window wants it. Each paint asks for it anew, a dozen times a picture."""


def start(*, dark: bool | None = None, scale: float | None = None) -> QApplication:
    """Make the application and put its look on; text size and theme are as they were left."""
    sys.setswitchinterval(_SWITCH_SECONDS)
    application = QApplication(sys.argv[:1])
    application.setApplicationName(NAME)
    application.setOrganizationName(NAME)
    application.setQuitOnLastWindowClosed(True)
    theme().start(application, dark=dark, scale=scale if scale is not None else kept_scale())
    gc.disable()
    collector = Collector(application)
    QTimer.singleShot(_AFTER_START, lambda: collect_from_now_on(collector))
    return application


def collect_from_now_on(collector: Collector) -> None:
    """Let the garbage collector leave what the start made alone: its pauses would be seen as one types.

    It is not collected before: that takes fifty milliseconds and finds a thousand objects among a hundred thousand.
    """
    gc.freeze()
    collector.begin()


def kept_scale() -> float:
    """Return the text size that was left, 1.0 to 2.0."""
    try:
        return min(2.0, max(1.0, float(str(QSettings().value("text_size", 1.0)))))
    except ValueError:
        return 1.0


def keep_scale() -> None:
    """Remember the text size for the next start."""
    QSettings().setValue("text_size", theme().look.scale)


class OneWindow(QObject):
    """Lets one window open a store; a second start raises the first and ends (``protocol.md``, "Accounts")."""

    def __init__(self, folder: Path, raise_up: Callable[[], object]) -> None:
        super().__init__()
        self._name = "tefter-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]
        self._raise_up = raise_up
        self._lock = QLockFile(str(folder.parent / f"{folder.name}.window"))
        self._lock.setStaleLockTime(0)
        self._server: QObject | None = None

    def first(self) -> bool:
        """Return whether this is the first; where it is not, the first was asked to come to the front."""
        if self._lock.tryLock(0):
            QTimer.singleShot(_LISTEN_AFTER, self._listen)
            return True
        self._ask_the_first()
        return False

    def _listen(self) -> None:
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415 - loaded behind the first picture

        QLocalServer.removeServer(self._name)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._asked)
        server.listen(self._name)
        self._server = server

    def _asked(self) -> None:
        connection = self._server.nextPendingConnection()  # type: ignore[union-attr]  # a QLocalServer while it listens
        connection.disconnectFromServer()
        self._raise_up()

    def _ask_the_first(self) -> None:
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415 - only a second start needs it

        end = time.monotonic() + _ANSWER_MILLISECONDS / 1000
        while time.monotonic() < end:  # the first may have started a moment ago and listen a moment later
            socket = QLocalSocket()
            socket.connectToServer(self._name)
            if socket.waitForConnected(_ANSWER_MILLISECONDS):
                socket.waitForDisconnected(_ANSWER_MILLISECONDS)
                return
            time.sleep(_TRY_AGAIN_SECONDS)

    def release(self) -> None:
        """Let another window open the store."""
        self._lock.unlock()


def tell_unexpected(speech: Speech, tell: Callable[[str], object]) -> None:
    """Let an error that nobody expected be written down without anybody's data, and said in the window."""

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        sys.stderr.write(last_resort.redacted(error, trace) + "\n")
        tell(speech.say(f"messages.error.{last_resort.INTERNAL}"))

    sys.excepthook = told
