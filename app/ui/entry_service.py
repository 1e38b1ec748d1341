"""What the details say of a kind's own fields and of a service (услугата в подробностите): papers, unit, data."""

from app.domain.entries import Particulars
from app.services.nomenclatures import Nomenclatures
from app.ui.own_words import missing_names, own_values, paper_name, step_words
from app.ui.widgets.panel import FactRow
from app.ui.widgets.text import Role
from resources.speech import Speech


def own_rows(lists: Nomenclatures, speech: Speech, kind: str, said: Particulars) -> list[FactRow]:
    """Return what stands in the kind's own fields, and whether the person came before closing."""
    rows = [FactRow(one.label, one.value) for one in own_values(lists, speech, kind, said)]
    if said.before_closing:
        rows.append(FactRow(speech.say("village.details.hour"), speech.say("village.details.before_closing")))
    return rows


def service_rows(lists: Nomenclatures, speech: Speech, service: int | None, said: Particulars) -> list[FactRow]:
    """Return how the papers stand, which unit of the town does it, and what the town collects by itself."""
    return [
        *_papers(lists, speech, service, said),
        *_way(lists, speech, service),
        *_collected(lists, speech, service),
    ]


def _papers(lists: Nomenclatures, speech: Speech, service: int | None, said: Particulars) -> list[FactRow]:
    if not said.papers:
        return []
    label = speech.say("village.form.papers")
    missing = missing_names(lists, speech, service, said)
    if not missing:
        return [FactRow(label, speech.say("village.form.papers_all_here"))]
    lacks = speech.count("village.details.papers_missing", len(missing))
    return [FactRow(label, "; ".join(missing), lacks, Role.STRONG)]


def _way(lists: Nomenclatures, speech: Speech, number: int | None) -> list[FactRow]:
    service = lists.services.get(number or 0)
    if service is None or service.village_role != "forwards":
        return []
    unit = next((step for step in lists.routes.get(service.group, ()) if step.by == "unit"), None)
    if unit is None:
        return []
    who, what = step_words(unit, speech)
    return [FactRow(speech.say("village.details.unit"), who, what)]


def _collected(lists: Nomenclatures, speech: Speech, service: int | None) -> list[FactRow]:
    papers = [one for one in lists.papers.get(service or 0, ()) if one.when == "collected"]
    names = "; ".join(paper_name(one, speech)[0] for one in papers)
    note = speech.say("village.details.collected_by")
    return [FactRow(speech.say("village.details.collected"), names, note)] if names else []
