"""The close of a day (дневно приключване): what lies in the till, counted, against what the book says."""

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import NoOpenDay, TefterError
from app.domain.facts import NoteCount
from app.services import cash_desk
from app.services.cash_desk import Closed, ClosePreview, close_preview
from app.ui.look.signs import Sign
from app.ui.village.count_grid import COINS, NOTES, CountGrid
from app.ui.village.count_panel import CountPanel
from app.ui.village.draft_keeper import DraftKeeper
from app.ui.village.reasons import ReasonField
from app.ui.village.session import DRAFTS, RECEIPTS, Session
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import EnterGoesOn
from app.ui.widgets.frame import Page
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Banner
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.scroll import Scroll
from app.ui.widgets.text import Role, Text
from app.ui.widgets.wrap_row import WrapRow

KIND = "day_close"
_CHANGES = frozenset({RECEIPTS, DRAFTS})
_QUICK = ("change", "unpaid", "other")


class HalfCount(msgspec.Struct, frozen=True):
    """A count that is under way, and the explanation so far."""

    notes: tuple[NoteCount, ...]
    reason: str = ""


class DayClosePage(Page):
    """Counts the till and closes its oldest open day."""

    name = "day_close"

    def __init__(self, session: Session, ways: Ways) -> None:
        super().__init__()
        self._session, self._ways, self._speech = session, ways, session.speech
        self._preview: ClosePreview | None = None
        self._draft_id = session.new_id()
        self._closing = False
        self._restored = False
        self._keeper = DraftKeeper(KIND, self._draft, self)
        self._keeper.use(session)
        self._keeper.failed.connect(ways.fail)
        self._compose()
        self.side = CountPanel(
            self._speech, self.panel, again=self.count_again, close=self.close_day, back=self._ways.to_till
        )
        say = self._speech.say
        self.use_keys(
            [
                Key("Return", say("village.day_close.next")),
                Key("Ctrl+Return", say("village.day_close.close"), self.close_day),
                Key("Esc", say("village.day_close.back"), self._ways.to_till),
            ]
        )

    # --- building ---

    def _compose(self) -> None:
        say = self._speech.say
        title = Text(say("village.day_close.title"), Role.TITLE, wrap=False)
        self.middle.addWidget(PageHead(title, Text(""), None, None))
        scroll = Scroll()
        column = scroll.column
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(12)
        self.day = Text("", Role.QUIET)
        self.banner = Banner()
        self.banner.hide()
        self.notes = CountGrid(say("village.day_close.notes"), self._speech, NOTES)
        self.coins = CountGrid(say("village.day_close.coins"), self._speech, COINS)
        self._rare = Button(say("village.day_close.rare"), Kind.QUIET, run=self._show_rare)
        left = QWidget()
        under = QVBoxLayout(left)
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(self.notes)
        under.addWidget(self._rare, 0, Qt.AlignmentFlag.AlignLeft)
        under.addStretch(1)
        self.reason = ReasonField(
            say("village.day_close.reason"),
            [say(f"village.day_close.quick_{one}") for one in _QUICK],
            hint=say("village.day_close.reason_hint"),
            aside=say("village.day_close.reason_needed"),
        )
        for one in (self.day, self.banner, WrapRow((left, self.coins), gap=48), self.reason):
            column.addWidget(one)
        column.addStretch(1)
        self.middle.addWidget(scroll, 1)
        for grid in (self.notes, self.coins):
            grid.changed.connect(self._typed)
        self.reason.changed.connect(self._reason_typed)
        goes_on = EnterGoesOn(self, self._after_count)
        goes_on.watch(*self.notes.fields.values(), *self.coins.fields.values())
        _keep_room(self.reason)

    # --- what is shown ---

    def first_focus(self) -> QWidget:
        """Return the first field of the count that is empty, else the first."""
        fields = [*self.notes.fields.values(), *self.coins.fields.values()]
        shown = [one for one in fields if not one.isHidden()]
        return next((one for one in shown if not one.text()), shown[0])

    def appear(self) -> None:
        """Read what the book says, and once what was counted before a lock or a kill."""
        till = self._session.place.till
        if till is None:
            self._no_day(self._speech.say("village.fee.problem_no_till"))
            return
        if not self._restored:
            self._restored = True
            self._session.kept(KIND, self._restore, self._ways.fail)

        def ask(connection: sa.Connection) -> ClosePreview | None:
            try:
                return close_preview(connection, till)
            except NoOpenDay:
                return None

        self._session.read(ask, self._put, self._ways.fail)

    def _put(self, preview: ClosePreview | None) -> None:
        self._preview = preview
        if preview is None:
            self._no_day(self._speech.say("village.day_close.no_day"))
        else:
            self.banner.hide()
            self.day.setText(self._heading(preview))
        self._show()

    def _no_day(self, sentence: str) -> None:
        self.day.setText("")
        self.banner.say(Sign.DONE, sentence, self._speech.say("village.day_close.no_day_help"), "grey")

    def _heading(self, preview: ClosePreview) -> str:
        count = preview.close.receipts + preview.close.voids
        numbers = self._speech.say(
            "village.day_close.numbers", first=f"{preview.close.first:06d}", last=f"{preview.close.last:06d}"
        )
        documents = self._speech.count("village.day_close.documents", count)
        return " · ".join((self._speech.long_date(preview.day), f"{documents}, {numbers}" if count else documents))

    def _show(self) -> None:
        """Show book, count and difference one under another."""
        preview = self._preview
        self.notes.refresh()
        self.coins.refresh()
        self.side.show_book(preview)
        self.side.show_count(self.notes.cents, self.coins.cents)
        off = self._cents - preview.computed if preview is not None else None
        self.side.difference.show_difference(off, began=self._began)
        self.reason.setVisible(bool(off) and self._began)
        self._demand()

    def _demand(self) -> None:
        """Show that a difference wants its explanation."""
        self.reason.field.demand(on=not self.reason.isHidden() and not self.reason.text())

    @property
    def _cents(self) -> int:
        return self.notes.cents + self.coins.cents

    @property
    def _counts(self) -> tuple[NoteCount, ...]:
        return (*self.notes.notes(), *self.coins.notes())

    @property
    def _began(self) -> bool:
        return any(one.text() for grid in (self.notes, self.coins) for one in grid.fields.values())

    # --- counting ---

    def _typed(self) -> None:
        self._keeper.touched()
        self._show()

    def _reason_typed(self) -> None:
        self._keeper.touched()
        self._demand()

    def _after_count(self) -> None:
        """After the last coin: explain a difference, else close."""
        (self.side.close if self.reason.isHidden() else self.reason.line).setFocus()

    def _show_rare(self) -> None:
        self.notes.show_rare(shown=True)
        self._rare.hide()
        next(iter(self.notes.fields.values())).setFocus()

    def count_again(self) -> None:
        """Count from the beginning."""
        for grid in (self.notes, self.coins):
            grid.put(())
        self.reason.put("")
        self._session.forget(self._draft_id, self._ways.fail)
        self._show()
        self.first_focus().setFocus()

    # --- closing ---

    def close_day(self) -> None:
        """Close the day, once; a difference needs its explanation."""
        preview, till = self._preview, self._session.place.till
        if preview is None or till is None or self._closing:
            return
        reason, off = self.reason.text(), self._cents - preview.computed
        if off and not reason:
            self.reason.show()
            self.reason.wrong(self._speech.say("village.day_close.reason_missing"))
            self.reason.line.setFocus()
            return
        # Kept until the close itself forgets it: a full disk must not cost the count.
        self._keeper.flush()
        self._closing = True
        session, notes, draft = self._session, self._counts, self._draft_id
        session.act(
            lambda confirmed: cash_desk.close_day(session.store, till, notes, reason if off else "", confirmed, draft),
            self._closed,
            self._refused,
            _CHANGES,
        )

    def _closed(self, told: Closed) -> None:
        speech = self._speech
        self._closing = False
        self._draft_id = self._session.new_id()
        self.notes.put(())
        self.coins.put(())
        self.reason.put("")
        self._keeper.rest()
        key = "done" if not told.difference else "done_less" if told.difference < 0 else "done_more"
        self._ways.to_till()
        self._ways.say(
            speech.say(
                f"village.day_close.{key}",
                day=speech.date(told.day),
                counted=speech.money(told.counted),
                difference=speech.money(abs(told.difference)),
            )
        )

    def _refused(self, error: TefterError) -> None:
        self._closing = False
        self._ways.fail(error)

    # --- drafts ---

    def keep_now(self) -> None:
        """Keep the count: the window locks or closes."""
        self._keeper.flush()

    def _draft(self) -> tuple[bytes, bytes] | None:
        if self._closing or not self._began:
            return None
        return self._draft_id, msgspec.msgpack.encode(HalfCount(self._counts, self.reason.text()))

    def _restore(self, kept: list[tuple[bytes, bytes]]) -> None:
        """Go on with a count that was left."""
        if not kept or self._began:
            return
        self._draft_id, content = kept[0]
        half = msgspec.msgpack.decode(content, type=HalfCount)
        self.notes.put(half.notes)
        self.coins.put(half.notes)
        self.reason.put(half.reason)
        self._show()
        self.first_focus().setFocus()


def _keep_room(widget: QWidget) -> None:
    """Let a widget keep its room while it is hidden: what stands under it does not jump."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
