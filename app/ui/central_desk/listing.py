"""A page with one long list (страница със списък): read by pages of the centre's keyset, with details at the right."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.ui.central_desk.client import DeskClient
from app.ui.central_desk.link import Link
from app.ui.central_desk.ways import DeskWays
from app.ui.look.tokens import Measure
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Line
from app.ui.widgets.flow import Flow
from app.ui.widgets.frame import Page
from app.ui.widgets.ledger import Column, Item, LedgerList
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.panel import Panel
from app.ui.widgets.text import Role, Text
from app.ui.work import Newest

SHOW_PAUSE, TYPE_PAUSE = 60, 200
"""Milliseconds: details wait until the arrow rests on a row, a question until the keyboard rests."""


class Portion(NamedTuple):
    """A portion of a list: its items, and where the next one begins (None at the end)."""

    items: Sequence[Any]
    following: int | None


class Source(Protocol):
    """What a list page shows: how to ask for it, how a row looks, how its details look."""

    name: str

    def columns(self) -> Sequence[Column]:
        """Return the columns."""

    def ask(self, client: DeskClient, before: int | None) -> Portion:
        """Ask for a portion of the list; on the reading worker."""

    def rows(self, items: Sequence[Any]) -> list[Item]:
        """Return how items stand in the list."""

    def ask_details(self, client: DeskClient, key: Any) -> Any:  # noqa: ANN401 - each page has its own
        """Ask for the details of a row; on the reading worker."""

    def show_details(self, panel: Panel, found: Any) -> None:  # noqa: ANN401 - each page has its own
        """Show the details of a row in the panel, which is empty."""


class ListPage(Page):
    """The page of a source. ``search``: whether it has a search line, whose words the source asks for."""

    def __init__(self, link: Link, ways: DeskWays, source: Source, *, search: bool = False) -> None:
        super().__init__(panel_width=Measure.DESK_DETAILS)
        self.name = source.name
        self.source = source
        self._searches = search
        self._link = link
        self._ways = ways
        self.speech = ways.speech
        self._asked, self._shown = Newest(link.reader()), Newest(link.reader())
        self._following: int | None = None
        self._show_timer, self._type_timer = QTimer(self), QTimer(self)
        self.title = Text(self.speech.say(f"desk.{self.name}.title"), Role.TITLE, wrap=False)
        self.aside = Text("", Role.LEAD, wrap=False)
        self.search = Line()
        self.search.setClearButtonEnabled(True)
        self._compose()
        link.changed.connect(self._changed)

    def _compose(self) -> None:
        say = self.speech.say
        if self._searches:
            self.search.setPlaceholderText(say(f"desk.{self.name}.search_hint"))
            self.search.setAccessibleName(say(f"desk.{self.name}.search"))
        self.middle.addWidget(PageHead(self.title, self.aside, self.search if self._searches else None, None))
        self.chips = Flow()
        self.chips.setContentsMargins(24, 0, 24, 10)
        self.middle.addLayout(self.chips)
        self.list = LedgerList(self.title.text(), self.source.columns(), row=Measure.DESK_ROW)
        self.list.model.wanted.connect(self._more)
        self.list.chosen.connect(lambda _key: self._show_timer.start(SHOW_PAUSE))
        self.middle.addWidget(self.list, 1)
        self.empty = Text(say(f"desk.{self.name}.empty"), Role.LEAD)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(48, 48, 48, 48)
        self.empty.hide()
        self.middle.addWidget(self.empty, 1)
        for timer, act in ((self._show_timer, self._show_current), (self._type_timer, self.refresh)):
            timer.setSingleShot(True)
            timer.timeout.connect(act)
        self.search.textChanged.connect(lambda _text: self._type_timer.start(TYPE_PAUSE))

    def add_chips(self, chips: Sequence[tuple[str, Callable[[], object]]]) -> list[Button]:
        """Add filters; the first one is chosen."""
        made = []
        for place, (text, run) in enumerate(chips):
            chip = Button(text, Kind.CHIP, run=run)
            chip.setChecked(place == 0)
            self.chips.addWidget(chip)
            made.append(chip)
        return made

    def show_nothing(self) -> None:
        """Say that nothing is chosen."""
        self.panel.clear()
        self.panel.body.addWidget(Text(self.speech.say("desk.frame.nothing"), Role.LEAD))
        self.panel.body.addStretch(1)

    # --- reading ---

    def first_focus(self) -> QWidget:
        """Return the list."""
        return self.list.view if not self.list.isHidden() else self

    def find_here(self) -> bool:
        """Put the keyboard into the search line, where the page has one."""
        if not self._searches:
            return False
        self.search.setFocus()
        self.search.selectAll()
        return True

    def appear(self) -> None:
        """Read anew."""
        self.refresh()

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the first portion; the current row stays the current one."""
        client = self._link.reading()
        self._asked.ask(lambda: self.source.ask(client, None), self._put, self._ways.fail_quietly)

    def _put(self, portion: Portion) -> None:
        items = self.source.rows(portion.items)
        self._following = portion.following
        self.empty.setVisible(not items)
        self.list.setVisible(bool(items))
        self.list.put(items, more=portion.following is not None, keep=self.list.current())
        if not items:
            self.show_nothing()

    def _more(self) -> None:
        following = self._following
        if following is None:
            return

        def added(portion: Portion) -> None:
            self._following = portion.following
            self.list.model.add(self.source.rows(portion.items), more=portion.following is not None)

        self._link.read(lambda client: self.source.ask(client, following), added, self._ways.fail_quietly)

    def _show_current(self) -> None:
        key, client = self.list.current(), self._link.reading()
        if key is None:
            self.show_nothing()
        else:
            self._shown.ask(lambda: self.source.ask_details(client, key), self._show, self._ways.fail_quietly)

    def _show(self, found: Any) -> None:  # noqa: ANN401 - each source has its own
        self.panel.clear()
        self.source.show_details(self.panel, found)

    def current(self) -> Any:  # noqa: ANN401 - each source has its own keys
        """Return the key of the current row, None where there is none."""
        return self.list.current()

    def choose(self, key: object) -> None:
        """Make a row the current one; one that is not in the list yet shows its details all the same."""
        self.list.choose(key)
        if self.list.current() != key:
            client = self._link.reading()
            self._shown.ask(lambda: self.source.ask_details(client, key), self._show, self._ways.fail_quietly)
