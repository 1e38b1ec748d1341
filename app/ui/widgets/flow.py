"""A row that goes on in the next line where there is no room (ред с пренасяне): chips, and buttons in large text."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem


class Flow(QLayout):
    """Lays items side by side and breaks the line where the next one does not fit."""

    def __init__(self, *, gap: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._heights: dict[int, int] = {}

    def addWidget(self, widget: QWidget, *_place: object) -> None:
        """Add a widget.

        Its item is made here, in Python: PySide forgets the items that Qt makes for a layout written in Python as soon
        as another item is made at the same address.
        """
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item; Qt calls this for every widget added."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out, None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Want no more room than is needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Return that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at this width. Every layout around asks for it, over and over."""
        if width not in self._heights:
            self._heights[width] = self._lay(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        """Forget what was measured: an item has changed."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, area: QRect) -> None:
        """Lay the items out."""
        super().setGeometry(area)
        self._lay(area, move=True)

    def sizeHint(self) -> QSize:
        """Return the size with every item in one line."""
        margins = self.contentsMargins()
        shown = [one.sizeHint() for one in self._shown()]
        wide = sum(one.width() for one in shown) + self._gap * max(0, len(shown) - 1)
        high = max((one.height() for one in shown), default=0)
        return QSize(wide + margins.left() + margins.right(), high + margins.top() + margins.bottom())

    def minimumSize(self) -> QSize:
        """Return the size of the largest item: the rest goes under it."""
        margins = self.contentsMargins()
        size = QSize()
        for one in self._shown():
            size = size.expandedTo(one.minimumSize())
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [one for one in self._items if not one.isEmpty()]

    def _lay(self, area: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        inner = area.adjusted(margins.left(), margins.top(), -margins.right(), -margins.bottom())
        x, y, line = inner.x(), inner.y(), 0
        for one in self._shown():
            size = one.sizeHint()
            if x > inner.x() and x + size.width() > inner.right() + 1:
                x, y, line = inner.x(), y + line + self._gap, 0
            if move:
                one.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            line = max(line, size.height())
        return y + line - area.y() + margins.bottom()


class FlowBox(QWidget):
    """Holds a row and keeps the height of all its lines, however little room there is."""

    def __init__(self, row: Flow) -> None:
        super().__init__()
        self.setLayout(row)
        self._row = row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the height that the lines need at this width."""
        super().resizeEvent(event)
        self.setMinimumHeight(self._row.heightForWidth(self.width()))
