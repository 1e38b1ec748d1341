"""The protocol of a delivery (протокол за връчване): НОДА чл. 148; АПК чл. 61.

Who takes a result signs for it with name, ЕГН and date; the clerk signs too. What is not known yet is written by hand.
"""

from datetime import date
from functools import partial

import msgspec

from app.printing import by_hand, heading, request
from app.printing.by_hand import Cell, Values
from app.printing.flow import Density, Group
from app.printing.fonts import label, medium, plain, strong
from app.printing.request import Form, RequestContent
from app.printing.sheets import Sheet
from resources.speech import Speech


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """Връчен резултат: its outgoing number and name, how many copies and sheets, and who takes it, as far as known."""

    number: str
    title: str
    outcome: str
    copies: int
    sheets: int
    receiver: str = ""
    identifier: str = ""
    on: date | None = None
    note: str = ""


def delivery_protocol(content: RequestContent, handed: Handed, speech: Speech) -> tuple[Sheet, ...]:
    """Return the protocol on A4; ``content`` is what stands in the entry."""
    return request.sheets_of(content, speech, partial(_form, handed))


def _form(handed: Handed, content: RequestContent, speech: Speech, density: Density) -> Form:
    say, office = speech.say, content.office
    on = heading.long_day(handed.on, speech) if handed.on is not None else ""
    number: Values = [(handed.number, strong(density.number)), (handed.outcome, label())]
    copies = Cell(say("papers.delivery.copies"), str(handed.copies))
    sheets = Cell(say("papers.delivery.sheets"), str(handed.sheets))
    rows: tuple[Group, ...] = (
        by_hand.filled_row(say("papers.delivery.number"), number, density.padding),
        by_hand.filled_row(say("papers.delivery.what"), [(handed.title, medium(density.value))], density.padding),
        *by_hand.cells(copies, sheets, plain(density.value), density.padding),
        request.plain_row(say("papers.delivery.on_entry"), content.number, density),
        request.plain_row(say("papers.delivery.receiver"), handed.receiver, density),
        request.plain_row(say("papers.delivery.identifier"), handed.identifier, density),
        request.plain_row(say("papers.delivery.as_whom"), handed.note, density),
        request.plain_row(say("papers.delivery.day"), on, density),
        request.note(say("papers.delivery.stays"), density),
    )
    signers = (say("papers.delivery.took"), say("papers.delivery.gave", clerk=office.clerk))
    return Form(say("papers.delivery.title"), say("papers.delivery.basis"), rows, signers)
