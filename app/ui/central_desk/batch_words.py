"""How a batch is said (изказ на пакет): its totals beside each other, its acknowledgement, its facts in a row each."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.terms import ArrivalState
from app.ui.central_desk.wording import Words, capital, explained
from app.ui.look.signs import Sign
from app.ui.widgets.ledger import Cell, Column, Row
from app.ui.widgets.marks import Banner, Mark
from app.ui.widgets.panel import FactRow
from app.ui.widgets.text import Role, Text
from resources.speech import Speech
from sync.central import answers


class LineKey(NamedTuple):
    """The key of a line of a batch: its place, and the entry or receipt that it leads to."""

    sequence: int
    number: str
    entry: str | None
    receipt: str | None


def differ(one: answers.Batch) -> bool:
    """Return whether a batch states other totals than its facts give."""
    return one.stated != one.recomputed


def sign_of(one: answers.Batch) -> Sign:
    """Return the sign of how a batch arrived."""
    if one.state is ArrivalState.WAITING:
        return Sign.WAITS
    return Sign.WRONG if differ(one) or one.state is ArrivalState.SET_ASIDE else Sign.DONE


def totals(speech: Speech, one: answers.Totals | None) -> str:
    """Return control totals in one line."""
    if one is None:
        return "–"
    said = [speech.count("desk.villages.entries", one.entries), speech.count("desk.villages.receipts", one.receipts)]
    return f"{', '.join(said)}, {speech.money(one.cents_in - one.cents_out)}"


def acknowledgement(speech: Speech, one: answers.Batch) -> str:
    """Return what this centre signed for a batch, and whether it is on its way."""
    if one.acknowledgement is None:
        return speech.say("desk.batches.none")
    sent = speech.say("desk.batches.ack_waits" if one.acknowledgement.waits else "desk.batches.ack_sent")
    return f"{speech.label(one.acknowledgement.kind)}, {sent}"


def banner(speech: Speech, one: answers.Batch) -> Banner:
    """Return how a batch stands: recorded with equal totals, with others, or not recorded and why."""
    made = Banner()
    if one.code is not None:
        waits = one.state is ArrivalState.WAITING
        title = speech.say("desk.batches.waits" if waits else "desk.batches.not_recorded")
        made.say(sign_of(one), title, explained(speech, one.code), "amber" if waits else "red")
    elif differ(one):
        help_text = speech.say("desk.batches.totals_differ_help")
        made.say(Sign.WRONG, speech.say("desk.batches.totals_differ"), help_text, "red")
    else:
        made.say(Sign.DONE, speech.say("desk.batches.totals_agree"), "", "green")
    return made


def facts(speech: Speech, words: Words, one: answers.Batch) -> list[FactRow]:
    """Return how and when a batch came, in rows."""
    say = speech.say
    return [
        FactRow(say("desk.batches.road"), speech.label(one.road)),
        FactRow(say("desk.batches.sealed"), words.when(one.sealed_at)),
        FactRow(say("desk.batches.arrived"), words.when(one.arrived_at)),
        FactRow(say("desk.batches.acknowledgement"), acknowledgement(speech, one)),
        FactRow(say("desk.batches.envelope"), one.envelope[:12]),
    ]


class TotalsTable(QWidget):
    """Control totals as stated and as recomputed, line by line; what differs has its sign and is red."""

    def __init__(self, speech: Speech, one: answers.Batch) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for column, name in ((1, "stated"), (2, "recomputed")):
            grid.addWidget(_right(speech.say(f"desk.batches.{name}"), Role.LABEL), 0, column)
        for at, (name, stated, recomputed) in enumerate(_rows(speech, one), start=1):
            same = stated == recomputed
            grid.addWidget(Text(speech.say(f"desk.batches.total_{name}"), Role.TEXT), at, 0)
            grid.addWidget(_right(stated, Role.TEXT if same else Role.RED), at, 1)
            grid.addWidget(_right(recomputed, Role.TEXT if same else Role.RED), at, 2)
            if not same:
                grid.addWidget(Mark(Sign.WRONG, 16), at, 3)


def _right(text: str, role: Role) -> Text:
    made = Text(text, role, wrap=False)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


def _rows(speech: Speech, one: answers.Batch) -> Sequence[tuple[str, str, str]]:
    def said(found: answers.Totals | None) -> tuple[str, ...]:
        if found is None:
            return ("–",) * 4
        return str(found.entries), str(found.receipts), speech.amount(found.cents_in), speech.amount(found.cents_out)

    names = ("entries", "receipts", "money_in", "money_out")
    return list(zip(names, said(one.stated), said(one.recomputed), strict=True))


# --- lines ---------------------------------------------------------------------------------------------------------


def line_columns(speech: Speech) -> list[Column]:
    """Return the columns of a batch's lines."""
    say = speech.say
    return [
        Column(say("desk.batches.sequence"), 70, right=True),
        Column(say("desk.batches.kind"), 150, below=True),
        Column(say("desk.entries.number"), 176),
        Column(say("desk.batches.recorded"), 116),
        Column(say("desk.entries.what"), 0, below=True),
        Column(say("desk.batches.money"), 100, right=True),
    ]


def line_row(speech: Speech, words: Words, one: answers.BatchLine) -> Row:
    """Return a fact of a batch as a row."""
    key = f"desk.fact.{one.kind}"
    name = speech.say(key) if speech.has(key) else one.kind
    leads = one.entry is not None or one.receipt is not None
    cells = (
        Cell(str(one.sequence), colour="text2"),
        Cell(name, bold=leads),
        Cell(one.number),
        Cell(words.when(one.recorded_at), colour="text2"),
        Cell(one.text, colour="text2"),
        Cell(speech.amount(one.cents) if one.cents is not None else ""),
    )
    line = LineKey(one.sequence, one.number, one.entry, one.receipt)
    return Row(line, cells, ", ".join(filter(None, (str(one.sequence), name, one.number, one.text))))


def state_cell(speech: Speech, one: answers.Batch) -> Cell:
    """Return the cell of how a batch arrived."""
    sign = sign_of(one)
    said = speech.say("desk.batches.differing") if differ(one) else capital(speech.label(one.state))
    return Cell(said, sign=sign, colour="red" if sign is Sign.WRONG else "text2", bold=sign is Sign.WRONG)
