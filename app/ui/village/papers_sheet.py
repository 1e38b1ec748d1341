"""The papers of an entry (хартии): which there are, each as it will be printed; Enter prints, Ctrl+S saves."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.domain.errors import TefterError
from app.domain.terms import FindingCode
from app.printing.output import preview
from app.printing.sheets import PaperSize
from app.services import identifiers
from app.services.details import EntryDetails
from app.ui.look.signs import Sign
from app.ui.look.theme import look
from app.ui.village.paper_out import Draw, Drawn, print_out, save_out
from app.ui.village.papers_kinds import PaperKind, papers_of
from app.ui.village.papers_request import is_oral
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.village.wording import finding_help, finding_title
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import EnterGoesOn, Segments
from app.ui.widgets.keys import Key, walking
from app.ui.widgets.marks import Banner
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Role, Text
from app.ui.work import AFTER_PAINT, Newest

WIDTH, PREVIEW, _LESS = 820, 316, 24
"""Pixels: the first of the design, the others of the screen: a preview gives way to larger text, and is never cut."""
_TALL = 297 / 210
"""Height of an upright leaf by its width, A4 and A5 alike."""


class PapersSheet(Sheet):
    """Lists the papers of an entry and shows the one chosen."""

    def __init__(self, session: Session, ways: Ways, entry: EntryDetails) -> None:
        say = session.speech.say
        super().__init__(say("village.papers.title", number=entry.row.told.partition("/")[0]), width=WIDTH)
        self._session, self._ways, self._speech, self._entry = session, ways, session.speech, entry
        self.kinds = {one.code: one for one in papers_of(entry)}
        self._drawn = Newest(session.newest_drawer())
        self.destroyed.connect(self._drawn.drop)
        self._draws = QTimer(self)
        self._draws.setSingleShot(True)
        self._draws.setInterval(AFTER_PAINT)
        self._draws.timeout.connect(self._draw)
        self._compose()
        self.use_keys(
            [
                walking(self._speech),
                Key("Return", say("village.papers.print")),
                Key("Ctrl+P", say("village.papers.print"), self.print_now),
                Key("Ctrl+S", say("village.keys.save_pdf"), self.save_now),
            ]
        )
        self._chosen()

    # --- building ---

    def _compose(self) -> None:
        say = self._speech.say
        self.what = Segments([(code, say(f"village.papers.{code}")) for code in self.kinds])
        self.what.changed.connect(self._chosen)
        EnterGoesOn(self, self.print_now).watch(self.what)
        self.about, self.sheets, self.banner = Text("", Role.TEXT), Text("", Role.HELP), Banner()
        column = QVBoxLayout()
        column.setSpacing(12)
        for one in (self.what, self.about, self.sheets, self.banner):
            column.addWidget(one)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(column, 1)
        row.addWidget(self._picture(), 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        printing = Button(say("village.papers.print"), Kind.PRIMARY, key="Return", icon="printer", run=self.print_now)
        save = Button(say("village.keys.save_pdf"), key="Ctrl+S", icon="save", run=self.save_now)
        self.add_buttons(Button(say("village.papers.back"), key="Esc", run=self._ways.take_away), save, printing)

    def _picture(self) -> QLabel:
        self.picture = QLabel()
        self.picture.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        wide = round(PREVIEW - _LESS * (look().scale - 1))
        self.picture.setFixedSize(wide, round(wide * _TALL))
        self.picture.setStyleSheet(f"border: 1px solid {look().tokens.strong_hairline};")
        return self.picture

    def first_focus(self) -> QWidget:
        """Return the papers: the arrows choose one."""
        return self.what

    # --- what is chosen ---

    @property
    def kind(self) -> PaperKind:
        """The paper that is chosen."""
        return self.kinds[self.what.value()]

    def _chosen(self) -> None:
        say, kind = self._speech.say, self.kind
        name = say(f"village.papers.{kind.code}")
        self.about.setText(say(f"village.papers.{kind.code}_help"))
        self.sheets.setText("")
        self.picture.clear()
        self.picture.setAccessibleName(name)
        self._warn(kind)
        self._drawn.drop()
        self._draws.start()

    def _warn(self, kind: PaperKind) -> None:
        """Say beside the protocol what may not be asked for orally: it is offered, and the finding stands."""
        found = FindingCode.ORAL_HEIRS
        stands = kind.offered is is_oral and any(one.code is found for one in self._entry.findings)
        self.banner.setVisible(stands)
        if stands:
            self.banner.say(Sign.FINDING, finding_title(self._speech, found), finding_help(self._speech, found))

    def _draw(self) -> None:
        kind, wide, ratio = self.kind, self.picture.width() - 2, self.devicePixelRatioF()
        draw = partial(kind.on_screen or kind.draw, self._session, self._entry.row.entry)

        def drawn() -> tuple[Drawn, QImage]:
            made = draw()
            return made, preview(made.sheets[0], wide, ratio)

        self._drawn.ask(drawn, self._put, self._failed)

    def _put(self, found: tuple[Drawn, QImage]) -> None:
        drawn, picture = found
        size = "a5" if drawn.sheets[0].size is PaperSize.A5 else "a4"
        self.sheets.setText(self._speech.count(f"village.papers.{size}", len(drawn.sheets)))
        self.picture.setPixmap(QPixmap.fromImage(picture))

    def _failed(self, error: TefterError) -> None:
        self._ways.fail(error)

    # --- acts ---

    def print_now(self) -> None:
        """Print the paper that is chosen."""
        self._out(print_out)

    def save_now(self) -> None:
        """Save the paper that is chosen as PDF."""
        self._out(save_out)

    def _file_of(self, kind: PaperKind) -> str:
        """Return what stands behind the number in the name of a paper's file; nothing for the slip."""
        key = f"village.papers.{kind.code}_file"
        return self._speech.say(key) if self._speech.has(key) else ""

    def _out(self, way: "Callable[[Session, Ways, Draw, str, str], None]") -> None:
        """Let the paper leave the window, once it is recorded that somebody's identifier leaves with it."""
        session, ways, held, kind = self._session, self._ways, self._entry, self.kind
        entry, file = held.row.entry, self._file_of(kind)
        go = partial(way, session, ways, partial(kind.draw, session, entry), held.row.told, file)
        ways.take_away()
        shown = kind.shows(held)
        if not shown:
            go()
            return
        session.act(
            lambda confirmed: identifiers.show_on_paper(session.store, entry, shown, confirmed),
            lambda _done: go(),
            ways.fail,
            frozenset(),
        )
