"""The road (Връзка): what waits for the town and since when, where it lies, why, whether it is kept, and what to do.

Every count is of what the town has not acknowledged, read from the store; nothing here claims to know the town while
there is no line: a far fact carries the time at which it was last heard.
"""

from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

import sqlalchemy as sa
from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.office_date import moment
from app.services import book, road, status
from app.services.book import Unacknowledged
from app.services.road import OtherAct, RoadMemory
from app.services.status import Notice
from app.ui.look.signs import Sign
from app.ui.look.theme import look, theme
from app.ui.look.tokens import STACKED_FROM
from app.ui.village import road_items, road_words
from app.ui.village.courier import Courier
from app.ui.village.road_nodes import line, nodes
from app.ui.village.road_picture import RoadPicture
from app.ui.village.session import Session
from app.ui.village.stick import StickPanel
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button
from app.ui.widgets.frame import Page
from app.ui.widgets.keys import Key, walking
from app.ui.widgets.ledger import LedgerList
from app.ui.widgets.marks import Banner, Mark
from app.ui.widgets.scroll import Scroll
from app.ui.widgets.text import Hairline, Role, Text
from app.ui.work import Newest

SHOWN = 100
SAY_AGAIN_MILLISECONDS = 20_000
_MARGIN = 32
_LIST, _LIST_WHERE_ALL_SCROLLS = 110, 200
"""The least height of the list: on a screen that has room for the whole page, and for larger text."""


class Found(NamedTuple):
    """What one reading brought."""

    notice: Notice
    memory: RoadMemory
    waiting: list[Unacknowledged]
    others: list[OtherAct]


class Answer(QWidget):
    """One of the three answers: its question with an icon, and the words."""

    def __init__(self, icon: str, question: str) -> None:
        super().__init__()
        self.words = Text("", Role.QUIET)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Mark(icon=icon))
        head.addWidget(Text(question, Role.STRONG, wrap=False))
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.words)
        column.addStretch(1)


class _WaitingList(LedgerList):
    """The list of what waits: it asks for no more room than its least, and takes what the page leaves."""

    def sizeHint(self) -> QSize:
        """Return the least height, so that the page scrolls only where it must."""
        return QSize(super().sizeHint().width(), self.minimumHeight())


class RoadPage(Page):
    """The page of the road."""

    name = "road"

    def __init__(self, session: Session, ways: Ways, courier: Courier) -> None:
        super().__init__()
        self._session = session
        self._ways = ways
        self._courier = courier
        self._speech = session.speech
        self._found: Found | None = None
        self._asked = Newest(session.newest_reader())
        self._compose()
        self.stick = StickPanel(session, ways, self.panel)  # after the middle: Tab goes through them in this order
        self._again = QTimer(self)
        self._again.setInterval(SAY_AGAIN_MILLISECONDS)
        self._again.timeout.connect(self._show)
        say = self._speech.say
        self.use_keys(
            [
                Key("F5", say("village.road.key_try"), self.try_now),
                *self.stick.keys(),
                walking(self._speech),
                Key("Return", say("village.road.key_open")),
            ]
        )
        session.changed.connect(self._changed)
        courier.moved.connect(self._show)

    # --- building ---

    def _compose(self) -> None:
        self._scroll = Scroll()
        column = self._scroll.column
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(_MARGIN, 16, _MARGIN, 0)
        top.setSpacing(12)
        top.addLayout(self._head())
        self.aside = Banner()
        self.aside.hide()
        self.picture = RoadPicture()
        for widget in (self.aside, self.picture, Hairline()):
            top.addWidget(widget)
        top.addLayout(self._answers())
        top.addLayout(self._list_head())
        column.addLayout(top)
        self.list = _WaitingList(self._speech.say("village.road.list"), road_items.columns(self._speech))
        self.list.opened.connect(self._open)
        self.list.view.selectionModel().currentChanged.connect(self._follow)
        self.empty = Text(self._speech.say("village.road.nothing"), Role.QUIET)
        self.empty.setContentsMargins(_MARGIN, 12, _MARGIN, 24)
        column.addSpacing(4)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty)
        column.addStretch(0)
        self.middle.addWidget(self._scroll, 1)
        theme().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        now = look()
        self.list.setMinimumHeight(now.px(_LIST if now.scale <= 1 else _LIST_WHERE_ALL_SCROLLS))
        stacked = now.scale >= STACKED_FROM
        self._three.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)

    def _head(self) -> QHBoxLayout:
        self.mark = Mark(Sign.OPEN, 28)
        self.title = Text(self._speech.say("village.road.title"), Role.TITLE)
        self.lead = Text("", Role.QUIET)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.lead)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        return head

    def _answers(self) -> QHBoxLayout:
        say = self._speech.say
        self.why = Answer("road", say("village.road.why"))
        self.kept = Answer("shield_check", say("village.road.kept_title"))
        self.advice = Answer("arrow_right", say("village.road.do_title"))
        row = self._three = QHBoxLayout()
        row.setSpacing(24)
        for answer in (self.why, self.kept, self.advice):
            row.addWidget(answer, 1)
        return row

    def _list_head(self) -> QHBoxLayout:
        say = self._speech.say
        self.try_button = Button(say("village.road.try"), key="F5", icon="refresh", run=self.try_now)
        self.trying = Text("", Role.HELP)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(Text(say("village.road.list"), Role.SECTION, wrap=False))
        row.addWidget(self.trying, 1)
        row.addWidget(self.try_button)
        return row

    # --- what is shown ---

    def first_focus(self) -> QWidget:
        """Return the list where something waits, else the button that tries now."""
        return self.list.view if not self.list.isHidden() and self.list.model.items else self.try_button

    def appear(self) -> None:
        """Read anew."""
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Look for sticks while the page is seen."""
        super().showEvent(event)
        self.stick.watch(on=True)
        self._again.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look for nothing while it is not."""
        super().hideEvent(event)
        self.stick.watch(on=False)
        self._again.stop()

    def refresh(self) -> None:
        """Read what waits and where it is."""
        self._asked.ask(self._read, self._put, self._ways.fail)

    def _read(self) -> Found:
        session, stream = self._session, self._session.place.stream
        with session.store.ledger.reading() as connection:
            return _read(connection, stream)

    def _put(self, found: Found) -> None:
        self._found = found
        total = road_words.count_waiting(found.notice)
        items = road_items.rows(self._session, found.waiting, found.others, total)
        had_keyboard = self.list.view.hasFocus()
        self.list.put(items, keep=self.list.current())
        self.list.setVisible(bool(items))
        self.empty.setVisible(not items)
        if had_keyboard and not items:
            self.try_button.setFocus()
        self._show()

    def _show(self) -> None:
        """Say everything anew from what was read last and from the courier's state."""
        found = self._found
        if found is None:
            return
        speech, now, state = self._speech, self._session.now(), self._courier.state
        sign, words = road_words.headline(speech, found.notice)
        self.mark.show_sign(sign)
        self.title.setText(words)
        self.lead.setText(road_words.under_headline(speech, found.notice, found.memory, now))
        self._show_aside(found.memory, now)
        to_play = now - datetime.now(UTC)
        memory = found.memory.with_relay_heard(state.succeeded_at + to_play if state.succeeded_at else None)
        self.picture.show_road(nodes(speech, found.notice, memory, now), line(speech, state, now, to_play))
        real_now = datetime.now(UTC)
        self.why.words.setText(road_words.why(speech, found.notice, found.memory, state, real_now))
        self.kept.words.setText(road_words.kept(speech, state.error))
        self.advice.words.setText(road_words.advice(speech, found.notice, state, now))
        self.try_button.setEnabled(not state.running)
        self.try_button.set_text(speech.say("village.road.trying" if state.running else "village.road.try"))
        self.trying.setText(speech.say("village.road.trying_help") if state.running else "")
        waits = road_words.count_waiting(found.notice)
        self.stick.show_waiting(road_words.counted(speech, found.notice) if waits else "")
        read_at = found.memory.by_file
        self.stick.show_last(moment(read_at) if read_at is not None else None)

    def _show_aside(self, memory: RoadMemory, now: datetime) -> None:
        if not memory.set_aside:
            self.aside.hide()
            return
        newest = memory.set_aside[0]
        title = self._speech.count("village.road.aside", len(memory.set_aside))
        sentence = self._speech.say(f"messages.error.{newest.code}") if newest.code else ""
        told = self._speech.moment(moment(newest.at), now)
        help_text = self._speech.say("village.road.aside_help", moment=told, sentence=sentence, code=newest.code)
        self.aside.say(Sign.FINDING, title, help_text)

    # --- what happens ---

    def try_now(self) -> None:
        """Exchange now."""
        self._courier.go_by_key()

    def _changed(self, _changes: object) -> None:
        if self.isVisible():
            self.refresh()

    def _open(self, key: object) -> None:
        if not isinstance(key, road_items.Opens):
            return
        show = {road_items.ENTRY: self._ways.to_entries, road_items.RECEIPT: self._ways.to_till}.get(key.kind)
        if show is not None:
            here = key.register if key.register is not None else self._session.place.register
            self._ways.to_village(here, partial(show, key.subject))

    def _follow(self, current: QModelIndex, _previous: QModelIndex) -> None:
        """Keep the current row in sight where the whole page scrolls."""
        if self.list.view.hasFocus():
            row = self.list.view.visualRect(current)
            place = self.list.view.viewport().mapTo(self._scroll, QPoint(0, row.center().y()))
            bar = self._scroll.verticalScrollBar()
            self._scroll.ensureVisible(0, place.y() + bar.value(), 0, row.height())


def _read(connection: sa.Connection, stream: bytes) -> Found:
    return Found(
        status.notice(connection, stream),
        road.remember(connection, stream),
        book.unacknowledged(connection, stream, SHOWN),
        road.other_acts(connection, stream),
    )
