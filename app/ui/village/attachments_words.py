"""Attachments in words (приложения с думи): rows of the list, the electronic file, one line for the details."""

from datetime import datetime

from app.domain import file_types
from app.domain.electronic_file import ElectronicFile
from app.domain.office_date import moment
from app.services.attachments import Held
from app.ui.look.signs import Sign
from app.ui.names import first_and_last
from app.ui.village.drives import size_words
from app.ui.widgets.ledger_items import Cell, Column, Row
from resources.speech import Speech


def columns(speech: Speech) -> list[Column]:
    """Return the columns of the list of attachments."""
    say = speech.say
    return [
        Column(say("village.attachments.name"), 0),
        Column(say("village.attachments.type"), 104, below=True),
        Column(say("village.attachments.size"), 84, below=True),
        Column(say("village.attachments.sheets"), 84, below=True),
        Column(say("village.attachments.added"), 210, below=True, spare=True),
    ]


def row(speech: Speech, held: Held, now: datetime) -> Row:
    """Return an attachment as a row; its key is the attachment's id."""
    one = held.attachment
    kind = speech.say(f"village.attachments.media_{file_types.of_media(one.media).code}")
    size = size_words(one.size, speech.say("formats.amount.decimal"))
    sheets = speech.count("village.attachments.pages", one.sheets) if one.sheets else ""
    when = speech.moment(moment(one.added_at), now)
    by = first_and_last(held.actor)
    cells = (
        Cell(one.name, bold=True),
        Cell(kind, colour="text2"),
        Cell(size, colour="text2"),
        Cell(sheets, colour="text2"),
        Cell(" · ".join(filter(None, (when, by))), colour="text2"),
    )
    return Row(one.attachment, cells, ", ".join(filter(None, (one.name, kind, size, sheets, when, by))))


STATE_SIGNS = {
    ElectronicFile.AWAITS_SCAN: (Sign.OPEN, "grey"),
    ElectronicFile.AWAITS_CERTIFYING: (Sign.WAITS, "amber"),
    ElectronicFile.ELECTRONIC: (Sign.DONE, "green"),
}
