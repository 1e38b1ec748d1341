"""The papers that an entry may have (видове хартии): one line for each, in the order in which they are offered.

A paper of another kind is one line here, its drawing, and its texts (``papers.NAME``, ``NAME_help`` and, behind the
number in the name of its file, ``NAME_file`` of ``resources/village``).
"""

from collections.abc import Callable
from typing import NamedTuple

from app.domain.terms import Standing, TermAct
from app.services.details import EntryDetails
from app.ui.village.paper_out import Drawn
from app.ui.village.papers_delivery import draw_delivery, has_result, show_delivery, who_takes
from app.ui.village.papers_notice import draw_notice
from app.ui.village.papers_request import (
    draw_application,
    draw_complex,
    draw_protocol,
    everybody,
    is_complex,
    is_oral,
    names_service,
    show_application,
)
from app.ui.village.papers_slip import draw_slip
from app.ui.village.session import Session

DrawPaper = Callable[[Session, bytes], Drawn]
"""Reads an entry and lays a paper out; runs on the papers' thread."""


def _nobody(_entry: EntryDetails) -> tuple[int, ...]:
    return ()


class PaperKind(NamedTuple):
    """A kind of paper. ``on_screen`` draws it with masked identifiers, where it says them whole.

    ``shows`` are then the places of the correspondents whose identifiers leave on it: that is recorded before.
    """

    code: str
    offered: Callable[[EntryDetails], bool]
    draw: DrawPaper
    on_screen: DrawPaper | None = None
    shows: Callable[[EntryDetails], tuple[int, ...]] = _nobody


def _has_notice(entry: EntryDetails) -> bool:
    """Return whether there is a notice about the term of an entry."""
    return entry.term.stopped or (entry.term.act is TermAct.EXTENDED and entry.due is not None)


def _always(_entry: EntryDetails) -> bool:
    return True


SLIP = PaperKind("slip", _always, draw_slip)

KINDS = (
    PaperKind("delivery", has_result, draw_delivery, show_delivery, who_takes),
    PaperKind("protocol", is_oral, draw_protocol),
    PaperKind("complex", is_complex, draw_complex),
    PaperKind("application", names_service, draw_application, show_application, everybody),
    PaperKind("notice", _has_notice, draw_notice),
    SLIP,
)
"""What has to be signed comes first; the slip has its own key everywhere (Ctrl+P)."""


def papers_of(entry: EntryDetails) -> tuple[PaperKind, ...]:
    """Return the papers of an entry; of an annulled one nothing is signed any more."""
    if entry.row.standing is Standing.ANNULLED:
        return (SLIP,)
    return tuple(kind for kind in KINDS if kind.offered(entry))
