"""Widgets side by side in columns of one width (колони); where they do not all fit, in fewer columns and more rows."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.look.theme import theme


class WrapRow(QWidget):
    """Lays its widgets in as many equal columns as fit; ``gap`` in pixels stands between them."""

    def __init__(self, widgets: Sequence[QWidget], *, gap: int = 12) -> None:
        super().__init__()
        self._widgets = self._shown = list(widgets)
        self._gap = gap
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        theme().changed.connect(self._theme_changed)
        self._lay(max(1, len(self._widgets)))

    def show_only(self, widgets: Sequence[QWidget]) -> None:
        """Show some of the widgets, in their order; the others take no room."""
        self._shown = list(widgets)
        for one in self._widgets:
            one.setVisible(one in self._shown)
        self._lay(self._fitting(), anew=True)

    def _fitting(self) -> int:
        widest = max((one.sizeHint().width() for one in self._shown), default=1)
        count = len(self._shown)
        while count > 1 and count * widest + (count - 1) * self._gap > self.width():
            # Four go into two and two, three into one and one and one: no row of an odd one out.
            count = next(n for n in range(count - 1, 0, -1) if len(self._shown) % n == 0)
        return max(1, count)

    def _lay(self, columns: int, *, anew: bool = False) -> None:
        if columns == self._columns and not anew:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for place, one in enumerate(self._shown):
            self._grid.addWidget(one, place // columns, place % columns)
        self.updateGeometry()

    def _theme_changed(self) -> None:
        self._lay(self._fitting())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many columns as fit now."""
        self._lay(self._fitting())
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest: it can always stand in one column."""
        wide = max((one.minimumSizeHint().width() for one in self._shown), default=0)
        return QSize(wide, super().minimumSizeHint().height())
