"""Files that are dropped (пускане на файлове): onto an entry of the register, or onto the sheet of its attachments."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QListView

from app.ui.widgets.ledger_items import ITEM, Row


def dropped(event: QDropEvent) -> list[Path]:
    """Return the files that are being dropped; what lies in no folder of this computer is none."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def wanted(event: QDropEvent) -> bool:
    """Return whether there are files among what is dragged."""
    return event.mimeData().hasUrls() and bool(dropped(event))


class RowDrops(QObject):
    """Lets files be dropped onto rows of a list: ``take`` gets the row's key and the files."""

    def __init__(self, view: QListView, take: Callable[[object, list[Path]], None]) -> None:
        super().__init__(view)
        self._view, self._take = view, take
        view.viewport().setAcceptDrops(True)
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Hear of what is dragged over the list, before the list itself refuses it."""
        if isinstance(event, QDragEnterEvent) and wanted(event):
            event.acceptProposedAction()
            return True
        if isinstance(event, QDragMoveEvent | QDropEvent) and wanted(event):
            key = self._under(event)
            if key is None:
                event.ignore()
            else:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self._take(key, dropped(event))
            return True
        return False

    def _under(self, event: QDropEvent) -> object:
        item = self._view.indexAt(event.position().toPoint()).data(ITEM)
        return item.key if isinstance(item, Row) else None
