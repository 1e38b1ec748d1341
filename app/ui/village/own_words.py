"""What a kind's own fields and a service's papers say, in words (думи за собствените полета и документите)."""

from collections.abc import Iterator
from typing import NamedTuple

from app.domain import particulars
from app.domain.entries import Particulars
from app.domain.terms import PaperState
from app.services.nomenclatures import Nomenclatures
from app.ui.village.wording import field_label, own_value, paper_name
from resources.speech import Speech


class OwnValue(NamedTuple):
    """What stands in a kind's own field: its code, its label, and the value as it is read."""

    code: str
    label: str
    value: str


def own_values(lists: Nomenclatures, speech: Speech, kind: str, said: Particulars) -> Iterator[OwnValue]:
    """Return what stands in the kind's own fields, in their order; what is not stated is left out."""
    for one in lists.fields.get(kind, ()):
        value = said.value(one.code)
        if value:
            yield OwnValue(one.code, field_label(one, speech), own_value(lists, one, value, speech))


def papers_line(lists: Nomenclatures, speech: Speech, service: int | None, said: Particulars) -> str:
    """Return how a service's papers stand, those missing by name; empty where nothing was said of them."""
    missing = missing_names(lists, speech, service, said)
    if missing:
        return f"{speech.label(PaperState.MISSING)}: {'; '.join(missing)}"
    return speech.say("village.form.papers_all_here") if said.papers else ""


def missing_names(lists: Nomenclatures, speech: Speech, service: int | None, said: Particulars) -> list[str]:
    """Return the names of the papers that are missing; the code of one that the list does not hold."""
    names = {one.code: paper_name(one, speech)[0] for one in lists.papers.get(service or 0, ())}
    return [names.get(code, code) for code in particulars.missing(said.papers)]
