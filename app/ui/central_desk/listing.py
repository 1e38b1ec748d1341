"""A page with one long list (страница със списък): read by pages of the centre's keyset, with details at the right."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

import msgspec
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.ui.central_desk.client import DeskClient
from app.ui.central_desk.desk_page import DeskPage
from app.ui.central_desk.link import Link
from app.ui.central_desk.village_choice import VillageChoice
from app.ui.central_desk.ways import DeskWays
from app.ui.look.tokens import Measure
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Line
from app.ui.widgets.flow import Flow
from app.ui.widgets.keys import Key
from app.ui.widgets.ledger import Column, Item, LedgerList
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.panel import Panel
from app.ui.widgets.text import Role, Text
from app.ui.work import Newest
from sync.central import answers

SHOW_PAUSE, TYPE_PAUSE = 60, 200
"""Milliseconds: details wait until the arrow rests on a row, a question until the keyboard rests."""
PORTION, MOST = 100, 500
"""Rows asked for at once, and how many the centre gives at most."""


class Portion(NamedTuple):
    """A portion of a list: its items, and where the next one begins (None at the end)."""

    items: Sequence[Any]
    following: int | None


class Source(Protocol):
    """What a list page shows: how to ask for it, how a row looks, how its details look."""

    name: str
    station: str | None
    search: str | None
    """What is typed into the search line; None where the page has none."""

    def columns(self) -> Sequence[Column]:
        """Return the columns."""

    def ask(self, client: DeskClient, before: int | None, limit: int) -> Portion:
        """Ask for a portion of the list; on the reading worker."""

    def rows(self, items: Sequence[Any]) -> list[Item]:
        """Return how items stand in the list."""

    def ask_details(self, client: DeskClient, key: Any) -> Any:  # noqa: ANN401 - each page has its own
        """Ask for the details of a row; on the reading worker."""

    def show_details(self, panel: Panel, found: Any) -> None:  # noqa: ANN401 - each page has its own
        """Show the details of a row in the panel, which is empty."""


class ListPage(DeskPage):
    """The page of a source. ``keys`` are those of its own beside the way back."""

    def __init__(self, link: Link, ways: DeskWays, source: Source, *, keys: Sequence[Key] = ()) -> None:
        super().__init__()
        self.name = source.name
        self.source = source
        self._link = link
        self._ways = ways
        self.speech = ways.speech
        self._asked, self._shown = Newest(link.reader()), Newest(link.reader())
        self._following: int | None = None
        self._loaded = 0
        self._wanted: object = None
        self._pinned: object = None
        self._led = False
        self._told: Any = None
        self._show_timer, self._type_timer = QTimer(self), QTimer(self)
        self.title = Text(self.speech.say(f"desk.{self.name}.title"), Role.TITLE, wrap=False)
        self.search = Line()
        self.villages = VillageChoice(self.speech)
        self._compose()
        self.use_keys([*keys, Key("Escape", self.speech.say("desk.keys.back"), self._escape)])
        link.changed.connect(self._changed)

    def _compose(self) -> None:
        say = self.speech.say
        searches = self.source.search is not None
        self.search.setClearButtonEnabled(True)
        if searches:
            self.search.setPlaceholderText(say(f"desk.{self.name}.search_hint"))
            self.search.setAccessibleName(say(f"desk.{self.name}.search"))
        else:
            self.search.setParent(self)
            self.search.hide()
        self.middle.addWidget(PageHead(self.title, Text(""), self.search if searches else None, None))
        self.chips = Flow()
        self.chips.setContentsMargins(24, 0, 24, 10)
        self.middle.addLayout(self.chips)
        self.list = LedgerList(self.title.text(), self.source.columns(), row=Measure.DESK_ROW, headed=True)
        self.list.model.wanted.connect(self._more)
        self.list.chosen.connect(self._row_chosen)
        self.empty = Text(say(f"desk.{self.name}.empty"), Role.LEAD)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(48, 48, 48, 48)
        self.empty.hide()
        for timer, act in ((self._show_timer, self._show_current), (self._type_timer, self.refresh)):
            timer.setSingleShot(True)
            timer.timeout.connect(act)
        self.search.textChanged.connect(self._typed)
        self.villages.chosen.connect(self._village_chosen)

    def add_chips(self, chips: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Add filters, the first one chosen, and the choice of a village behind them; then the list: so goes Tab."""
        for place, (text, run) in enumerate(chips):
            chip = Button(text, Kind.CHIP, run=run)
            chip.setChecked(place == 0)
            self.chips.addWidget(chip)
        self.chips.addWidget(self.villages)
        self.middle.addWidget(self.list, 1)
        self.middle.addWidget(self.empty, 1)

    def show_nothing(self) -> None:
        """Say that nothing is chosen."""
        self._told = None
        self.panel.clear()
        self.panel.body.addWidget(Text(self.speech.say("desk.frame.nothing"), Role.LEAD))
        self.panel.body.addStretch(1)

    # --- filters ---

    def show_station(self, station: str | None) -> None:
        """Choose one village, or all, for when the page appears."""
        self.source.station = station
        self.villages.show_station(station)

    def _village_chosen(self, station: str) -> None:
        self.source.station = station or None
        self.refresh()

    def _typed(self, text: str) -> None:
        self.source.search = text.strip()
        self._type_timer.start(TYPE_PAUSE)

    def search_for(self, text: str) -> None:
        """Search for a text in all villages."""
        self.show_station(None)
        self.search.setText(text)

    def lead_to(self, key: object, text: str) -> None:
        """Show this row, found by a text where the page searches; the search ends when one leaves."""
        self.show_station(None)
        self._wanted, self._led = key, True
        if self.source.search is not None:
            self.search.setText(text)

    def _escape(self) -> None:
        """Leave the search for the list, and the list for where one came from."""
        if self.search.hasFocus():
            self.search.clear()
            self.list.view.setFocus()
        else:
            self._ways.back()

    # --- reading ---

    def first_focus(self) -> QWidget:
        """Return the list."""
        return self.list.view if not self.list.isHidden() else self

    def find_here(self) -> bool:
        """Put the keyboard into the search line, where the page has one."""
        if self.source.search is None:
            return False
        self.search.setFocus()
        self.search.selectAll()
        return True

    def appear(self) -> None:
        """Read anew; a search that only led to one row is over."""
        if self._led and self._wanted is None:
            self._led = False
            self.search.clear()
        self.villages.offer(self._link.villages)
        self.refresh()

    def _changed(self) -> None:
        if self.isVisible():
            self.villages.offer(self._link.villages)
            self.refresh()

    def refresh(self) -> None:
        """Read as many rows as were there; the current row stays the current one."""
        client, limit = self._link.reading(), min(MOST, max(PORTION, self._loaded))
        self._type_timer.stop()
        self._asked.ask(lambda: self.source.ask(client, None, limit), self._put, self._ways.fail_quietly)

    def _put(self, portion: Portion) -> None:
        items = self.source.rows(portion.items)
        wanted, self._wanted = self._wanted, None
        self._following, self._loaded = portion.following, len(items)
        self.empty.setVisible(not items)
        self.list.setVisible(bool(items))
        self.list.put(items, more=portion.following is not None, keep=wanted or self.list.current())
        if wanted is not None and self.list.current() != wanted:
            self.list.view.setCurrentIndex(QModelIndex())
            self._pinned = wanted
        elif not items:
            self.show_nothing()

    def _more(self) -> None:
        following = self._following
        if following is None:
            return

        def added(portion: Portion) -> None:
            self._following = portion.following
            self._loaded += len(portion.items)
            self.list.model.add(self.source.rows(portion.items), more=portion.following is not None)

        client = self._link.reading()
        self._asked.ask(lambda: self.source.ask(client, following, PORTION), added, self._ways.fail_quietly)

    # --- details ---

    def _row_chosen(self, key: object) -> None:
        if key is not None:
            self._pinned = None
        self._show_timer.start(SHOW_PAUSE)

    def _show_current(self) -> None:
        key, client = self._pinned or self.list.current(), self._link.reading()
        if key is None:
            self.show_nothing()
        else:
            self._shown.ask(lambda: self.source.ask_details(client, key), self._show, self._ways.fail_quietly)

    def _show(self, found: Any) -> None:  # noqa: ANN401 - each source has its own
        told = _without_position(found)
        if told == self._told:
            return  # what is shown stays, with the keyboard where it is
        self._told = told
        self.panel.clear()
        self.source.show_details(self.panel, found)


def _without_position(found: Any) -> Any:  # noqa: ANN401 - each source has its own
    """Return what details say, whatever the centre recorded of other things meanwhile."""
    return msgspec.structs.replace(found, seen=0) if isinstance(found, answers.EntryDetails) else found
