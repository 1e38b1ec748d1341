"""What a list holds (редове): plain values for columns, cells, rows and heads, and the model over them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.ui.look.signs import Sign

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in pixels of the design (0 takes what is left), and whether it is a number.

    In a narrow list a row has two lines; ``below`` says which columns stand in the second.
    """

    heading: str
    width: int
    right: bool = False
    below: bool = False
    spare: bool = False
    """Left out where even two lines have no room for it."""
    wide: bool = False
    """Left out before a row takes two lines."""


@dataclass(frozen=True)
class Cell:
    """What stands in a column: words, a smaller note after them, a sign before them, and how they look."""

    text: str
    note: str = ""
    sign: Sign | None = None
    colour: str = "text"
    bold: bool = False
    struck: bool = False
    spark: tuple[int, ...] = ()
    silent: int = 0
    """So many of the last days of ``spark`` are marked: nothing is heard of them."""


@dataclass(frozen=True)
class Row:
    """A row: its key for the page that owns the list, its cells, and what a screen reader says of it."""

    key: object
    cells: tuple[Cell, ...]
    spoken: str
    tall: bool = False


@dataclass(frozen=True)
class Head:
    """The head of a group: a day, or what awaits the person. One with a key can be chosen, and opens and closes."""

    text: str
    note: str = ""
    sign: Sign | None = None
    key: object = None
    opened: bool = False


Item = Row | Head


@dataclass
class Items:
    """What a page of a list brought: items to add, and whether there are more."""

    items: list[Item] = field(default_factory=list)
    more: bool = False


class LedgerModel(QAbstractListModel):
    """Holds the items; asks for more by a signal and never waits."""

    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[Item] = []
        self._more = False
        self._asked = False

    def put(self, items: Sequence[Item], *, more: bool = False) -> None:
        """Show other items."""
        self.beginResetModel()
        self.items = list(items)
        self._more, self._asked = more, False
        self.endResetModel()

    def add(self, items: Sequence[Item], *, more: bool = False) -> None:
        """Add items at the end."""
        self._more, self._asked = more, False
        if items:
            self.beginInsertRows(QModelIndex(), len(self.items), len(self.items) + len(items) - 1)
            self.items.extend(items)
            self.endInsertRows()

    def want_more(self) -> None:
        """Ask for more, once."""
        if self._more and not self._asked:
            self._asked = True
            self.wanted.emit()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many items are held."""
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return an item, or what is spoken of it."""
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return item.spoken if isinstance(item, Row) else f"{item.text} {item.note}".strip()
        return item if role == ITEM else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads are read, not chosen, unless they open."""
        if index.isValid() and not is_stop(self.items[index.row()]):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def place_of(self, key: object) -> int:
        """Return the place of a row by its key, −1 where it is not held."""
        return next((at for at, one in enumerate(self.items) if is_stop(one) and one.key == key), -1)


def is_stop(item: Item) -> bool:
    """Return whether the keyboard stops at an item: at rows, and at heads that open."""
    return isinstance(item, Row) or item.key is not None
