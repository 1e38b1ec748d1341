"""One batch with its lines (редове на пакет): each leads to its entry or receipt, and Esc back here."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.central_desk import batch_words
from app.ui.central_desk.desk_page import DeskPage
from app.ui.central_desk.link import Link
from app.ui.central_desk.ways import DeskWays
from app.ui.central_desk.wording import words_of
from app.ui.look.tokens import Measure
from app.ui.widgets.keys import Key, walking
from app.ui.widgets.ledger import LedgerList
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.panel import fact_rows, line
from app.ui.widgets.text import Role, Text
from app.ui.work import Newest
from sync.central import answers


class BatchPage(DeskPage):
    """Shows the facts of a batch in their order."""

    name = "batch"

    def __init__(self, link: Link, ways: DeskWays) -> None:
        super().__init__()
        self._link = link
        self._ways = ways
        self._speech = ways.speech
        self._asked = Newest(link.reader())
        self._envelope = ""
        self._told: answers.BatchDetails | None = None
        say = self._speech.say
        self.title = Text("", Role.TITLE, wrap=False)
        self.village = Text("", Role.LEAD, wrap=False)
        self.middle.addWidget(PageHead(self.title, self.village, None, None))
        columns = batch_words.line_columns(self._speech)
        self.list = LedgerList(say("desk.batches.lines"), columns, row=Measure.DESK_ROW, headed=True)
        self.list.opened.connect(self._open)
        self.middle.addWidget(self.list, 1)
        self.empty = Text(say("desk.batches.no_lines"), Role.LEAD)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(48, 48, 48, 48)
        self.empty.hide()
        self.middle.addWidget(self.empty, 1)
        self.use_keys(
            [
                Key("Return", say("desk.batches.line_key")),
                walking(self._speech),
                Key("Escape", say("desk.keys.back"), ways.back),
            ]
        )
        link.changed.connect(self._changed)

    def show_batch(self, envelope: str) -> None:
        """Choose the batch for when the page appears."""
        if envelope != self._envelope:
            self._envelope, self._told = envelope, None
            self.list.put([])
            self.panel.clear()

    def first_focus(self) -> QWidget:
        """Return the lines."""
        return self.list.view if not self.list.isHidden() else self

    def appear(self) -> None:
        """Read anew: the acknowledgement may have left meanwhile."""
        client, envelope = self._link.reading(), self._envelope
        self._asked.ask(lambda: client.batch(envelope), self._put, self._ways.fail_quietly)

    def _changed(self) -> None:
        if self.isVisible():
            self.appear()

    def _put(self, found: answers.BatchDetails) -> None:
        if found == self._told:
            return
        self._told = found
        speech, one = self._speech, found.batch
        words = words_of(speech, self._link.office)
        self.title.setText(speech.say("desk.batches.of", number=one.number))
        self.village.setText(one.village or speech.say("desk.batches.unknown"))
        had_keyboard = self.list.view.hasFocus() or self.hasFocus()
        self.list.setVisible(bool(found.lines))
        self.empty.setVisible(not found.lines)
        self.list.put([batch_words.line_row(speech, words, fact) for fact in found.lines], keep=self.list.current())
        if had_keyboard:
            self.first_focus().setFocus()
        self.panel.clear()
        self.panel.body.addWidget(batch_words.banner(speech, one))
        self.panel.body.addWidget(batch_words.TotalsTable(speech, one))
        self.panel.body.addWidget(line())
        self.panel.body.addWidget(fact_rows(batch_words.facts(speech, words, one)))
        self.panel.body.addStretch(1)

    def _open(self, key: object) -> None:
        if not isinstance(key, batch_words.LineKey):
            return
        if key.receipt is not None:
            self._ways.to_receipt(key.receipt, key.number)
        elif key.entry is not None:
            self._ways.to_entry(key.entry, key.number)
