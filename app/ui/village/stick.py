"""The trip with a stick (флашка): write the packet, carry it, read the answer; or the same through a folder.

What was written is read back and compared before the clerk is told that the stick may be pulled out.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import StickGone, TefterError
from app.ui.look.signs import Sign
from app.ui.village import drives
from app.ui.village.drives import Drive, size_words
from app.ui.village.folder_sheet import FolderSheet
from app.ui.village.numbered_steps import NumberedStep, StepState
from app.ui.village.office import Exported, Imported
from app.ui.village.session import ENTRIES, RECEIPTS, ROAD, Session
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Banner
from app.ui.widgets.panel import Panel
from app.ui.widgets.text import Hairline, Role, Text

POLL_MILLISECONDS = 2_000
Done = TypeVar("Done")


class StickPanel(QObject):
    """Fills the road page's panel. ``moved`` says that something was written or read."""

    moved = Signal()

    def __init__(self, session: Session, ways: Ways, panel: Panel) -> None:
        super().__init__(panel)
        self._session = session
        self._ways = ways
        self._drives: list[Drive] = []
        self._chosen: Path | None = None
        self._busy = self._looking = False
        self._waiting = ""
        self._written_at: datetime | None = None
        self._compose(panel)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MILLISECONDS)
        self._poll.timeout.connect(self.look)

    # --- building ---

    def _compose(self, panel: Panel) -> None:
        say = self._session.speech.say
        self.place, self.result = Banner(), Banner()
        self.write_button = Button(say("village.stick.write"), Kind.PRIMARY, key="F9", run=self.write)
        self.read_button = Button(say("village.stick.read"), key="F10", run=self.read)
        self.choose_button = Button(say("village.stick.choose"), Kind.QUIET, key="F8", run=self.choose)
        self.steps = (
            NumberedStep(1, say("village.stick.step_write"), "", self.write_button),
            NumberedStep(2, say("village.stick.step_carry"), say("village.stick.step_carry_help")),
            NumberedStep(3, say("village.stick.step_read"), say("village.stick.step_read_help"), self.read_button),
        )
        panel.body.addWidget(Text(say("village.stick.title"), Role.FACT))
        panel.body.addWidget(Text(say("village.stick.help"), Role.HELP))
        panel.body.addWidget(self.place)
        panel.body.addWidget(self.choose_button)
        panel.body.addWidget(self.result)
        for step in self.steps:
            panel.body.addWidget(step)
        panel.body.addStretch(1)
        self.last_title = Text(say("village.stick.last"), Role.LABEL)
        self.last = Text(say("village.stick.last_none"), Role.TEXT)
        for widget in (Hairline(), self.last_title, self.last):
            panel.foot.addWidget(widget)
        self.result.hide()
        self._show_place()
        self._at_step(0)

    def keys(self) -> tuple[Key, ...]:
        """Return the keys of the trip."""
        say = self._session.speech.say
        return (
            Key("F8", say("village.stick.choose"), self.choose),
            Key("F9", say("village.stick.key_write"), self.write),
            Key("F10", say("village.stick.key_read"), self.read),
        )

    # --- which drive or folder ---

    def watch(self, *, on: bool) -> None:
        """Look for sticks every two seconds while the page is seen."""
        if on:
            self.look()
            self._poll.start()
        else:
            self._poll.stop()

    def look(self) -> None:
        """Look for sticks now; one look at a time, for a sick drive may take long to answer."""
        if not self._looking:
            self._looking = True
            self._session.look_around(drives.find_drives, self._seen, self._not_seen)

    def _seen(self, found: Sequence[Drive]) -> None:
        self._looking = False
        if list(found) != self._drives:
            self._drives = list(found)
            self._show_place()

    def _not_seen(self, _error: TefterError) -> None:
        self._looking = False

    def where(self) -> Path | None:
        """Return the folder to use: the chosen one, else the first stick; None where there is neither."""
        if self._chosen is not None:
            return self._chosen
        return self._drives[0].root if self._drives else None

    def _show_place(self) -> None:
        say = self._session.speech.say
        folder = self._chosen is not None
        self.write_button.set_text(say("village.stick.write_folder" if folder else "village.stick.write"))
        if self._chosen is not None:
            named = say("village.stick.folder_help", name=self._chosen.name or str(self._chosen))
            self.place.say(Sign.DONE, say("village.stick.folder"), named, "green")
        elif not self._drives:
            self.place.say(Sign.OPEN, say("village.stick.none"), say("village.stick.none_help"), "grey")
        else:
            drive, decimal = self._drives[0], say("formats.amount.decimal")
            free = size_words(drive.free, decimal)
            help_text = say("village.stick.plugged_help", name=drive.name, free=free)
            if len(self._drives) > 1:
                help_text = say("village.stick.several", count=len(self._drives), name=drive.name)
            self.place.say(Sign.DONE, say("village.stick.plugged"), help_text, "green")

    def choose(self) -> None:
        """Ask for a folder."""
        self._ask_folder(_nothing)

    def _ask_folder(self, then: Callable[[], object]) -> None:
        def use(folder: Path) -> None:
            self._chosen = folder
            self._show_place()
            then()

        self._ways.lay(FolderSheet(self._session, self._ways, self.where(), use))

    # --- writing and reading ---

    def write(self) -> None:
        """Write what the town has not acknowledged."""
        self._travel(self._export, self._written, "village.stick.writing", self.write)

    def read(self) -> None:
        """Read what the town wrote."""
        self._travel(self._take_in, self._taken, "village.stick.reading", self.read)

    def _travel(
        self, verb: Callable[[Path], Done], then: Callable[[Done], None], words: str, again: Callable[[], object]
    ) -> None:
        if self._busy:
            return
        where = self.where()
        if where is None:
            self._ask_folder(again)
            return
        self._set_busy(busy=True)
        self._say(Sign.WAITS, self._session.speech.say(words), "", "grey")
        self._session.travel(lambda: verb(_there(where)), then, self._failed)

    def _export(self, where: Path) -> Exported:
        return self._session.office.export(self._session.store, where)

    def _take_in(self, where: Path) -> Imported:
        return self._session.office.take_in(self._session.store, where)

    def _written(self, done: Exported) -> None:
        speech = self._session.speech
        size = size_words(done.octets, speech.say("formats.amount.decimal"))
        if done.files:
            title = speech.count("village.stick.written", done.files, size=size)
        else:
            title = speech.say("village.stick.written_before" if self._waiting else "village.stick.written_empty")
        self._written_at = self._session.now()
        self._over(title, speech.say("village.stick.may_pull"))
        self._at_step(1 if self._waiting else 0)
        self._session.changed.emit(frozenset({ROAD}))

    def _taken(self, done: Imported) -> None:
        speech = self._session.speech
        if done.refused:
            title = speech.count("village.stick.aside", len(done.refused))
            code = speech.say("frame.error.code", code=", ".join(sorted(set(done.refused))))
            self._set_busy(busy=False)
            self._say(Sign.FINDING, title, code, "amber")
        elif done.taken:
            self._over(speech.count("village.stick.taken", done.taken), speech.say("village.stick.may_pull"))
            self._at_step(0)
        else:
            self._set_busy(busy=False)
            self._say(
                Sign.FINDING,
                speech.say("village.stick.taken_none"),
                speech.say("village.stick.taken_none_help"),
                "amber",
            )
        self._session.changed.emit(frozenset({ROAD, ENTRIES, RECEIPTS}))

    def _over(self, title: str, help_text: str) -> None:
        self._set_busy(busy=False)
        self._say(Sign.DONE, title, help_text, "green")
        self.moved.emit()

    def _failed(self, error: TefterError) -> None:
        speech = self._session.speech
        first, _, rest = speech.explain(error).partition(". ")
        self._set_busy(busy=False)
        self._say(Sign.WRONG, f"{first}.", f"{rest} {speech.say('frame.error.code', code=error.code)}.", "red")
        self.look()

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.write_button.setEnabled(not busy)
        self.read_button.setEnabled(not busy)

    def _say(self, sign: Sign, title: str, help_text: str, colour: str) -> None:
        self.result.say(sign, title, help_text, colour)

    # --- what the page tells ---

    def show_waiting(self, words: str) -> None:
        """Say in the first step what would be written; empty where nothing waits."""
        say = self._session.speech.say
        self._waiting = words
        help_text = (
            say("village.stick.step_write_help", what=words) if words else say("village.stick.step_write_nothing")
        )
        self.steps[0].set_help(help_text)

    def show_last(self, read_at: datetime | None) -> None:
        """Say when the last trip was: the writing of this session, or the last reading that the store remembers."""
        speech, now = self._session.speech, self._session.now()
        told = []
        if self._written_at is not None:
            told.append(speech.say("village.stick.last_written", moment=speech.moment(self._written_at, now)))
        if read_at is not None:
            told.append(speech.say("village.stick.last_read", moment=speech.moment(read_at, now)))
        self.last.setText(" · ".join(told) or speech.say("village.stick.last_none"))

    def _at_step(self, current: int) -> None:
        for place, step in enumerate(self.steps):
            step.set_state(
                StepState.DONE if place < current else StepState.NOW if place == current else StepState.LATER
            )


def _there(where: Path) -> Path:
    """Return the folder; on the road's thread, for a stick may be gone since it was seen.

    Raises:
        StickGone: it is not there.

    """
    if not where.is_dir():
        raise StickGone(written=0)
    return where


def _nothing() -> None:
    """A folder was chosen and nothing else is to be done."""
