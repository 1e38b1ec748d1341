"""Voiding a receipt (сторно): why, and what it does to the money, before it is done. Ctrl+Enter alone does it."""

from functools import partial

import msgspec
import sqlalchemy as sa
from PySide6.QtWidgets import QWidget

from app.domain.errors import RuleViolation, TefterError
from app.services import cash_desk
from app.services.cash_desk import Voided, VoidEffect
from app.services.rows import ReceiptRow
from app.ui.look.signs import Sign
from app.ui.village.draft_keeper import DraftKeeper
from app.ui.village.figures import SumRow, sums
from app.ui.village.reasons import ReasonField
from app.ui.village.receipt_sheet import ReceiptSheet, Told
from app.ui.village.session import DRAFTS, ENTRIES, RECEIPTS, Session
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Banner
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Role, Text
from resources.speech import Speech

KIND = "storno"
_CHANGES = frozenset({ENTRIES, RECEIPTS, DRAFTS})
_QUICK = ("wrong_service", "wrong_payer", "twice", "gave_up")


class HalfStorno(msgspec.Struct, frozen=True):
    """A storno that is being written: its GUID, the receipt it is of, and the reason so far."""

    storno: bytes
    receipt: bytes
    reason: str = ""


def begin_storno(session: Session, ways: Ways, row: ReceiptRow) -> None:
    """Read what voiding a receipt would do, and show it; where it may not be voided, say what to do instead."""
    receipt = row.receipt

    def ask(
        connection: sa.Connection, kept: list[tuple[bytes, bytes]]
    ) -> tuple[VoidEffect | RuleViolation, HalfStorno]:
        half = _left(kept, receipt) or HalfStorno(session.new_id(), receipt)
        try:
            return cash_desk.void_effect(connection, receipt, session.today()), half
        except RuleViolation as refused:
            return refused, half

    def put(found: tuple[VoidEffect | RuleViolation, HalfStorno]) -> None:
        effect, half = found
        if isinstance(effect, VoidEffect):
            ways.lay(StornoSheet(session, ways, effect, half))
        else:
            ways.lay(NoStornoSheet(session.speech, ways, row, effect))

    session.read_beside_drafts(KIND, ask, put, ways.fail)


def _left(kept: list[tuple[bytes, bytes]], receipt: bytes) -> HalfStorno | None:
    """Return what was written of this storno before a lock or a kill."""
    for _, content in kept:
        half = msgspec.msgpack.decode(content, type=HalfStorno)
        if half.receipt == receipt:
            return half
    return None


class StornoSheet(Sheet):
    """Shows the effect and asks for the reason. The receipt itself stays, struck through."""

    def __init__(self, session: Session, ways: Ways, effect: VoidEffect, half: HalfStorno) -> None:
        super().__init__(session.speech.say("village.storno.title", number=effect.number.partition("/")[0]))
        self._session, self._ways, self._speech = session, ways, session.speech
        self._effect, self._half = effect, half
        self._voiding = False
        self._keeper = DraftKeeper(KIND, self._draft, self)
        self._keeper.use(session)
        self._keeper.failed.connect(ways.fail)
        self._compose()
        self.reason.put(half.reason)
        self.reason.changed.connect(self._keeper.touched)
        self.on_dismiss = self._give_up
        say = self._speech.say
        self.use_keys(
            [
                Key("Ctrl+Return", say("village.storno.void"), self.void),
                Key("Down", say("village.storno.walk")),
            ]
        )

    def _compose(self) -> None:
        say, effect = self._speech.say, self._effect
        banner = Banner()
        back = say("village.storno.goes_back", money=self._speech.money(effect.cents, effect.currency))
        banner.say(Sign.FINDING, back, _consequences(self._speech, effect))
        quick = [say(f"village.storno.quick_{one}") for one in _QUICK]
        self.reason = ReasonField(say("village.storno.reason"), quick, hint=say("village.storno.hint"), roomy=True)
        for one in (banner, self._money(), self.reason):
            self.body.addWidget(one)
        self.body.addStretch(1)
        void = Button(say("village.storno.void"), Kind.PRIMARY, key="Ctrl+Return", run=self.void)
        self.add_buttons(Button(say("village.storno.back"), key="Esc", run=self._leave), void)

    def _money(self) -> QWidget:
        speech, say, effect = self._speech, self._speech.say, self._effect
        return sums(
            [
                SumRow(say("village.storno.before"), speech.money(effect.balance_before, effect.currency)),
                SumRow(say("village.storno.this"), speech.money(-effect.cents, effect.currency)),
                SumRow(say("village.storno.after"), speech.money(effect.balance_after, effect.currency), total=True),
            ]
        )

    def first_focus(self) -> QWidget:
        """Return the reason's line."""
        return self.reason.line

    # --- voiding ---

    def void(self) -> None:
        """Void the receipt, once, if there is a reason."""
        reason = self.reason.text()
        if self._voiding:
            return
        if not reason:
            self.reason.wrong(self._speech.say("village.storno.reason_needed"))
            self.reason.line.setFocus()
            return
        # Kept until the act itself forgets it: a full disk must not cost the words.
        self._keeper.flush()
        self._voiding = True
        session, half = self._session, self._half
        session.act(
            lambda confirmed: cash_desk.void(session.store, half.receipt, half.storno, reason, confirmed),
            partial(_voided, session, self._ways),
            self._refused,
            _CHANGES,
        )

    def _refused(self, error: TefterError) -> None:
        self._voiding = False
        self._ways.fail(error)

    def _leave(self) -> None:
        self._ways.take_away()
        self._give_up()

    def _give_up(self) -> None:
        """Forget what was written: the clerk went back."""
        self._keeper.rest()
        self._session.forget(self._half.storno, self._ways.fail)

    # --- drafts ---

    def keep_now(self) -> None:
        """Keep the reason: the window locks or closes."""
        self._keeper.flush()

    def _draft(self) -> tuple[bytes, bytes] | None:
        reason = self.reason.text()
        if self._voiding or not reason:
            return None
        half = msgspec.structs.replace(self._half, reason=reason)
        return half.storno, msgspec.msgpack.encode(half)


def _voided(session: Session, ways: Ways, told: Voided) -> None:
    """Show the storno with its paper, and say what goes back."""
    money = session.speech.money(told.cents)
    ways.to_till(told.receipt)
    ways.lay(ReceiptSheet(session, ways, Told(told.receipt, told.number, told.cents, storno=True)))
    ways.say(session.speech.say("village.storno.done", number=told.number, money=money))


def _consequences(speech: Speech, effect: VoidEffect) -> str:
    """Return what stays and what is owed again."""
    storno = effect.storno_number.partition("/")[0]
    told = [speech.say("village.storno.stays", number=effect.number.partition("/")[0], storno=storno)]
    if effect.unpaid_again:
        numbers = ", ".join(one.partition("/")[0] for one in effect.unpaid_again)
        told.append(speech.say("village.storno.unpaid_again", numbers=numbers))
    return " ".join(told)


class NoStornoSheet(Sheet):
    """Says why a receipt cannot be voided here, and what to do instead."""

    def __init__(self, speech: Speech, ways: Ways, row: ReceiptRow, refused: RuleViolation) -> None:
        super().__init__(speech.say("village.storno.title", number=row.told.partition("/")[0]))
        banner = Banner()
        banner.say(Sign.WRONG, speech.say("village.storno.impossible"), speech.explain(refused), "red")
        self.body.addWidget(banner)
        self.body.addWidget(Text(speech.say("frame.error.code", code=refused.code), Role.LABEL))
        self._close = Button(speech.say("village.storno.back"), key="Esc", run=ways.take_away)
        self.add_buttons(self._close)

    def first_focus(self) -> QWidget:
        """Return the button."""
        return self._close
