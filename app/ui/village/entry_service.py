"""What the details say of a kind's own fields and of a service (услугата в подробностите): papers, unit, data."""

from typing import TYPE_CHECKING

from app.services.nomenclatures import Nomenclatures
from app.ui.village.own_words import missing_names, own_values
from app.ui.village.wording import capital, paper_name, step_words
from app.ui.widgets.panel import FactRow
from app.ui.widgets.text import Role
from resources.speech import Speech

if TYPE_CHECKING:
    from app.services.book import EntryDetails


def own_rows(lists: Nomenclatures, speech: Speech, entry: "EntryDetails") -> list[FactRow]:
    """Return what stands in the kind's own fields, and whether the person came before closing."""
    said = entry.particulars
    rows = [FactRow(one.label, one.value) for one in own_values(lists, speech, entry.row.kind, said)]
    if said.before_closing:
        rows.append(FactRow(speech.say("village.details.hour"), speech.say("village.details.before_closing")))
    return rows


def service_rows(lists: Nomenclatures, speech: Speech, entry: "EntryDetails") -> list[FactRow]:
    """Return how the papers stand, which unit of the town does it, and what the town collects by itself."""
    return [*_papers(lists, speech, entry), *_way(lists, speech, entry), *_collected(lists, speech, entry)]


def _papers(lists: Nomenclatures, speech: Speech, entry: "EntryDetails") -> list[FactRow]:
    if not entry.particulars.papers:
        return []
    label = speech.say("village.form.papers")
    missing = missing_names(lists, speech, entry.row.service, entry.particulars)
    if not missing:
        return [FactRow(label, speech.say("village.form.papers_all_here"))]
    lacks = speech.count("village.details.papers_missing", len(missing))
    return [FactRow(label, "; ".join(missing), lacks, Role.STRONG)]


def _way(lists: Nomenclatures, speech: Speech, entry: "EntryDetails") -> list[FactRow]:
    service = lists.services.get(entry.row.service or 0)
    if service is None or service.village_role != "forwards":
        return []
    unit = next((step for step in lists.routes.get(service.group, ()) if step.by == "unit"), None)
    if unit is None:
        return []
    who, what = step_words(unit, speech)
    return [FactRow(speech.say("village.details.unit"), capital(who), capital(what))]


def _collected(lists: Nomenclatures, speech: Speech, entry: "EntryDetails") -> list[FactRow]:
    papers = [one for one in lists.papers.get(entry.row.service or 0, ()) if one.when == "collected"]
    names = "; ".join(paper_name(one, speech)[0] for one in papers)
    note = speech.say("village.details.collected_by")
    return [FactRow(speech.say("village.details.collected"), names, note)] if names else []
