"""The sheet with the recovery code (код за възстановяване), to be locked away: shown once, printed or written down."""

import msgspec

from app.printing import heading, paper
from app.printing.contents import Office
from app.printing.flow import INNER, LEFT, Density, Draft, Leaf, Strip, leaves, space, text
from app.printing.fonts import label, plain, strong
from app.printing.paper import Paragraph
from app.printing.sheets import PaperSize, Sheet
from resources.speech import Speech

_GROUPS_IN_LINE = 4
_POINTS = 24


class RecoveryContent(msgspec.Struct, frozen=True, kw_only=True):
    """Whose code it is, and the code as it is read aloud (eight groups of five digits)."""

    office: Office
    code: str


def recovery(content: RecoveryContent, speech: Speech) -> tuple[Sheet, ...]:
    """Return the sheet on A5."""

    def make(density: Density) -> Draft:
        return _draft(content, speech, density)

    set_leaves: tuple[Leaf, ...] = leaves(make, lambda number, count: f"{number}/{count}")
    return tuple(Sheet(PaperSize.A5, (leaf,)) for leaf in set_leaves)


def lines_of(code: str) -> list[str]:
    """Return the code in lines of four groups."""
    groups = code.split("-")
    return [" ".join(groups[at : at + _GROUPS_IN_LINE]) for at in range(0, len(groups), _GROUPS_IN_LINE)]


def _draft(content: RecoveryContent, speech: Speech, density: Density) -> Draft:
    say = speech.say
    body = (
        *heading.marks(content.office, speech, priced=False),
        (space(6), text(say("papers.recovery.what"), plain(density.value))),
        (space(6), *(_figures(line) for line in lines_of(content.code))),
        (space(6), text(say("papers.recovery.keep"), plain(density.value))),
    )
    foot = text(say("papers.recovery.clerk", clerk=content.office.clerk), label())
    return Draft(heading.head(content.office, say("papers.recovery.title"), "", speech), body, foot)


def _figures(line: str) -> Strip:
    style = paper.fitting(line, strong(_POINTS), INNER)
    figures = Paragraph(line, style, INNER)
    return Strip(figures.height, (lambda painter, y: figures.draw(painter, LEFT, y),))
