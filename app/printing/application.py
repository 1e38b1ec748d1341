"""The applications that a person signs (заявления): for a service, and for a complex service (КАО, НАО annex 2).

For somebody who came without a written one: what the clerk has typed stands in it, the rest is written by hand.
"""

from app.printing import by_hand, request
from app.printing.by_hand import Values
from app.printing.flow import Density, Group
from app.printing.fonts import plain
from app.printing.request import Form, RequestContent
from app.printing.sheets import Sheet
from resources.speech import Speech

_ISSUED_LINES = 3
"""Empty lines for the papers that are to be issued and sent to the body."""


def application(content: RequestContent, speech: Speech) -> tuple[Sheet, ...]:
    """Return the application for an administrative service (заявление за административна услуга) on A4."""
    return request.sheets_of(content, speech, _service)


def complex_application(content: RequestContent, speech: Speech) -> tuple[Sheet, ...]:
    """Return the application for complex administrative service (заявление за КАО, НАО чл. 14в) on A4."""
    return request.sheets_of(content, speech, _complex)


def _service(content: RequestContent, speech: Speech, density: Density) -> Form:
    say = speech.say
    rows: tuple[Group, ...] = (
        _to("mayoralty", content, speech, density),
        request.number_row(content, speech, density),
        *request.people_rows(content, speech, density, identified=True),
        request.request_row(say("papers.application.asks"), content, speech, density),
        request.attached_row(content, speech, density),
        *request.way_rows(content, speech, density),
        *request.place_rows(content, speech, density),
    )
    return Form(say("papers.application.title"), "", rows, request.signers(content, speech))


def _complex(content: RequestContent, speech: Speech, density: Density) -> Form:
    say = speech.say
    issued: Values = [(content.to_send, plain(density.value))]
    rows: tuple[Group, ...] = (
        _to("municipality", content, speech, density),
        request.number_row(content, speech, density),
        *request.people_rows(content, speech, density, identified=False),
        request.request_row(say("papers.application.asks"), content, speech, density),
        request.plain_row(say("papers.application.body"), content.body, density),
        by_hand.filled_row(say("papers.application.issue"), issued, density.padding, blank=_ISSUED_LINES),
        *request.way_rows(content, speech, density),
        _with(content, speech, density),
        *request.place_rows(content, speech, density),
    )
    title, basis = say("papers.application.complex_title"), say("papers.application.complex_basis")
    return Form(title, basis, rows, request.signers(content, speech))


def _to(whom: str, content: RequestContent, speech: Speech, density: Density) -> Group:
    office = content.office
    words = speech.say(f"papers.application.to_{whom}", mayoralty=office.mayoralty, municipality=office.municipality)
    return request.plain_row(speech.say("papers.application.to"), words, density)


def _with(content: RequestContent, speech: Speech, density: Density) -> Group:
    """Return what is attached to an application for complex service, each with a box to tick."""
    say = speech.say
    paid = "paid_by" if content.receipt else "paid"
    choices = (
        say("papers.application.with_application"),
        say("papers.application.with_information"),
        say(f"papers.application.with_{paid}", number=content.receipt),
    )
    return by_hand.boxes(say("papers.request.attached"), choices, plain(density.value), density.padding)
