"""The protocol of an oral request (протокол за устно искане): АПК чл. 29, ал. 5; НАО чл. 7, ал. 2 and annex 1.

Whoever asks and the clerk who wrote it down both sign it.
"""

from app.printing import request
from app.printing.flow import Density, Group
from app.printing.request import Form, RequestContent
from app.printing.sheets import Sheet
from resources.speech import Speech


def protocol(content: RequestContent, speech: Speech) -> tuple[Sheet, ...]:
    """Return the protocol on A4."""
    return request.sheets_of(content, speech, _form)


def _form(content: RequestContent, speech: Speech, density: Density) -> Form:
    say, office = speech.say, content.office
    unit = say("papers.protocol.unit_of", mayoralty=office.mayoralty, municipality=office.municipality)
    rows: tuple[Group, ...] = (
        request.number_row(content, speech, density),
        request.plain_row(say("papers.protocol.clerk"), office.clerk, density),
        request.plain_row(say("papers.protocol.post"), "", density),
        request.plain_row(say("papers.protocol.unit"), unit, density),
        *request.people_rows(content, speech, density, identified=False),
        request.request_row(say("papers.protocol.asks"), content, speech, density),
        request.attached_row(content, speech, density),
        *request.way_rows(content, speech, density),
        request.note(say("papers.protocol.signed_by_both"), density),
    )
    clerk = say("papers.protocol.signed", clerk=office.clerk)
    signers = (*request.signers(content, speech), clerk)
    return Form(say("papers.protocol.title"), say("papers.protocol.basis"), rows, signers)
