"""What a kind's own fields and a service's papers say, in words, in both windows (думи за полетата и документите)."""

from collections.abc import Iterator
from typing import NamedTuple

from app.domain import particulars
from app.domain.desk_lists import FieldOption, KindField, Paper, RouteStep
from app.domain.entries import Particulars
from app.domain.terms import PaperState
from app.services.nomenclatures import Nomenclatures
from resources.speech import Speech


def paper_name(paper: Paper, speech: Speech) -> tuple[str, str]:
    """Return a paper's name and its hint, in the language of the screen."""
    if speech.language == "bg":
        return paper.name, paper.hint
    return _capital(paper.name_en), _capital(paper.hint_en)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def step_words(step: RouteStep, speech: Speech) -> tuple[str, str]:
    """Return who takes a step and what is done in it, in the language of the screen."""
    return (step.who, step.step) if speech.language == "bg" else (step.who_en, step.step_en)


def field_label(field: KindField | FieldOption, speech: Speech) -> str:
    """Return the label of a kind's own field, or of what is chosen in it, in the language of the screen."""
    return field.label if speech.language == "bg" else field.label_en


def own_value(lists: Nomenclatures, field: KindField, value: str, speech: Speech) -> str:
    """Return what stands in a kind's own field as it is read: a date as a date, a choice by its label."""
    on = particulars.day(value) if field.type == "date" else None
    if on is not None:
        return speech.date(on)
    options = lists.options.get((field.kind, field.code), ())
    return next((field_label(one, speech) for one in options if one.code == value), value)


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
