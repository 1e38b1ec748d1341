"""A receipt just issued (издадена квитанция): number, change to give back, and both copies as they will look."""

from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.domain.errors import TefterError
from app.printing.output import preview
from app.services.cash_desk import CURRENCY
from app.ui.look.signs import Sign
from app.ui.look.theme import look
from app.ui.village.figures import Figure, Pieces
from app.ui.village.paper_out import Drawn, save_out
from app.ui.village.papers_receipt import draw_receipt
from app.ui.village.printers import default_printer, print_on
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Banner
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Role, Text
from app.ui.work import AFTER_PAINT

WIDTH, PREVIEW, PREVIEW_MOST = 980, 520, 580
"""Pixels of the design; the last is of the screen: the preview grows little with the text."""
_ACROSS, _UPRIGHT = 297, 210
"""Millimetres of A4 across."""


class Told(NamedTuple):
    """What the clerk is told: the document, its number, and the money to hand back, in minor units."""

    receipt: bytes
    number: str
    back: int
    storno: bool = False


class ReceiptSheet(Sheet):
    """Shows a receipt or storno that was just issued, and prints it. Enter prints, then leaves."""

    def __init__(self, session: Session, ways: Ways, told: Told) -> None:
        title = "title_storno" if told.storno else "title"
        super().__init__(session.speech.say(f"village.receipt.{title}"), width=WIDTH)
        self._session, self._ways, self._speech, self._told = session, ways, session.speech, told
        self._drawn: Drawn | None = None
        self._printer: str | None = None
        self._wanted = self._finished = False
        self._compose()
        say = self._speech.say
        self.use_keys(
            [
                Key("Return", say("village.receipt.print"), self.enter),
                Key("Ctrl+P", say("village.receipt.print"), self.print_now),
                Key("Ctrl+Shift+P", say("village.receipt.save"), self.save),
            ]
        )
        self._asks = QTimer(self)
        self._asks.setSingleShot(True)
        self._asks.timeout.connect(self._ask)
        self._asks.start(AFTER_PAINT)

    # --- building ---

    def _compose(self) -> None:
        say = self._speech.say
        self.picture = QLabel()
        self.picture.setAccessibleName(say("village.receipt.preview"))
        self.picture.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        wide = min(look().px(PREVIEW), PREVIEW_MOST)
        self.picture.setFixedSize(wide, round(wide * _UPRIGHT / _ACROSS))
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words(), 1)
        self.body.addLayout(row)
        self._print = Button(say("village.receipt.print"), Kind.PRIMARY, key="Return", icon="printer", run=self.enter)
        self._save = Button(say("village.receipt.save"), key="Ctrl+Shift+P", icon="save", run=self.save)
        self._close = Button(say("village.receipt.close"), key="Esc", run=self._ways.take_away)
        self.add_buttons(self._close, self._save, self._print)

    def _words(self) -> QVBoxLayout:
        say = self._speech.say
        label = "give_back" if self._told.storno else "change"
        self.change = Figure(Role.CHANGE)
        self.change.say(self._speech.amount(self._told.back), Role.CHANGE)
        pieces = Pieces(self._speech)
        pieces.show_change(self._told.back)
        self.banner = Banner()
        self.banner.say(Sign.WAITS, say("village.receipt.drawing"), "", "grey")
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(Text(say("village.receipt.number"), Role.LABEL))
        column.addWidget(Text(self._told.number, Role.FACT))
        column.addSpacing(8)
        column.addWidget(Text(say(f"village.receipt.{label}", currency=CURRENCY), Role.LABEL))
        column.addWidget(self.change)
        column.addWidget(pieces)
        column.addSpacing(8)
        column.addWidget(self.banner)
        column.addStretch(1)
        return column

    def first_focus(self) -> QWidget:
        """Return the button that prints."""
        return self._print

    # --- drawing ---

    def _ask(self) -> None:
        session, receipt = self._session, self._told.receipt
        wide, ratio = self.picture.width(), self.devicePixelRatioF()

        def draw() -> tuple[Drawn, QImage]:
            drawn = draw_receipt(session, receipt)
            return drawn, preview(drawn.sheets[0], wide, ratio)

        asked = (
            session.draw(draw, self._put, self._failed),
            session.draw(default_printer, self._put_printer, self._failed),
        )
        for one in asked:
            self.destroyed.connect(one.drop)

    def _put(self, found: tuple[Drawn, QImage]) -> None:
        self._drawn = found[0]
        self.picture.setPixmap(QPixmap.fromImage(found[1]))

    def _put_printer(self, name: str) -> None:
        self._printer = name
        say = self._speech.say
        if name:
            self.banner.say(Sign.OPEN, say("village.receipt.printer", name=name), say("village.receipt.two"), "grey")
        else:
            self.banner.say(Sign.FINDING, say("village.receipt.no_printer"), say("village.receipt.no_printer_help"))
            self._print.icon_name = "save"
            self._print.set_text(say("village.receipt.save"))
            self._save.hide()
        if self._wanted:
            self.print_now()

    def _failed(self, error: TefterError) -> None:
        code = self._speech.say("frame.error.code", code=error.code)
        self.banner.say(Sign.WRONG, self._speech.explain(error), code, "red")

    # --- what the keys do ---

    def enter(self) -> None:
        """Press the button that has the keyboard; else print, or leave where it is printed already."""
        focused = self.window().focusWidget()
        if focused is self._save:
            self.save()
        elif focused is self._close or self._finished:
            self._ways.take_away()
        else:
            self.print_now()

    def print_now(self) -> None:
        """Print both copies; without a printer save them."""
        if self._printer is None or self._drawn is None:
            self._wanted = True
            return
        self._wanted = False
        if not self._printer:
            self.save()
            return
        name, drawn = self._printer, self._drawn
        self.banner.say(Sign.WAITS, self._speech.say("village.receipt.printing"), "", "grey")
        asked = self._session.draw(lambda: print_on(name, drawn), self._printed, self._failed)
        self.destroyed.connect(asked.drop)

    def _printed(self, _done: object) -> None:
        """Say that it is on paper; Enter leaves now."""
        self._finished = True
        self.banner.say(Sign.DONE, self._speech.say("village.receipt.printed"), "", "green")
        self._print.icon_name = "check"
        self._print.set_text(self._speech.say("village.receipt.close"))
        self._close.hide()

    def save(self) -> None:
        """Ask where, and save both copies as PDF."""
        session, receipt = self._session, self._told.receipt
        save_out(session, self._ways, lambda: draw_receipt(session, receipt), self._told.number)
