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
from app.ui.village.difference import DifferenceBox
from app.ui.village.draft_keeper import DraftKeeper
from app.ui.village.figures import SumRow, sums
from app.ui.village.reasons import ReasonField
from app.ui.village.session import DRAFTS, RECEIPTS, Session
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import EnterGoesOn
from app.ui.widgets.frame import Page
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Banner
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.panel import empty
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
        self._compose_panel()
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

    def _compose_panel(self) -> None:
        say = self._speech.say
        body, foot = self.panel.body, self.panel.foot
        self._book, self._counted = QVBoxLayout(), QVBoxLayout()
        self.difference = DifferenceBox(self._speech)
        body.addWidget(Text(say("village.day_close.by_book"), Role.SECTION))
        body.addLayout(self._book)
        body.addSpacing(16)
        body.addWidget(Text(say("village.day_close.counted"), Role.SECTION))
        body.addLayout(self._counted)
        body.addWidget(Button(say("village.day_close.again"), Kind.QUIET, run=self.count_again))
        body.addWidget(Text(say("village.day_close.final"), Role.HELP))
        body.addStretch(1)
        # In the foot, which does not scroll: the difference is never out of sight.
        foot.addWidget(self.difference)
        self._close = Button(say("village.day_close.close"), Kind.PRIMARY, key="Ctrl+Return", run=self.close_day)
        foot.addWidget(self._close)
        back = Button(say("village.day_close.back"), Kind.QUIET, key="Esc", run=self._ways.to_till)
        foot.addWidget(back, 0, Qt.AlignmentFlag.AlignHCenter)

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
        for layout in (self._book, self._counted):
            empty(layout)
        self.notes.refresh()
        self.coins.refresh()
        preview, counted = self._preview, self._cents
        if preview is not None:
            self._book.addWidget(sums(self._book_rows(preview)))
        say, amount = self._speech.say, self._speech.amount
        rows = [
            SumRow(say("village.day_close.notes"), amount(self.notes.cents)),
            SumRow(say("village.day_close.coins"), amount(self.coins.cents)),
            SumRow(say("village.day_close.there_is"), amount(counted), total=True),
        ]
        self._counted.addWidget(sums(rows))
        differs = preview is not None and counted != preview.computed
        self.difference.show_difference(counted - preview.computed if preview is not None else None, began=self._began)
        self.reason.setVisible(differs and self._began)
        self._close.setEnabled(preview is not None)

    def _book_rows(self, preview: ClosePreview) -> list[SumRow]:
        speech, close = self._speech, preview.close
        return [
            SumRow(speech.say("village.day_close.opening"), speech.amount(preview.opening)),
            SumRow(speech.count("village.day_close.taken", close.receipts), speech.amount(close.taken)),
            SumRow(speech.count("village.day_close.back_paid", close.voids), speech.amount(-close.paid_back)),
            SumRow(speech.say("village.day_close.must_be"), speech.amount(preview.computed), total=True),
        ]

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

    def _after_count(self) -> None:
        """After the last coin: explain a difference, else close."""
        (self._close if self.reason.isHidden() else self.reason.line).setFocus()

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
