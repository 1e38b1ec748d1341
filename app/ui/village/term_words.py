"""How long a term is, in words (продължителност на срока): ``7 дни``, ``24 часа``, ``на място``."""

from datetime import date

from app.domain import tariffs
from app.domain.terms import Speed
from app.services.nomenclatures import Nomenclatures
from resources.speech import Speech


def term_length(
    lists: Nomenclatures, speech: Speech, kind: str, service: int | None, speed: Speed | None, on: date
) -> str:
    """Return the length of the term that an entry of this content has on a day; empty where there is none."""
    row = None
    if service is not None and speed is not None:
        row = tariffs.row_in_force(lists.tariff, service, speed, on)
    term = tariffs.service_term(row, lists.services.get(service or 0))
    if term is not None:
        return speech.term(term.length, term.unit)
    document = lists.kinds.get(kind)
    return speech.term(document.term, document.unit) if document is not None and document.term is not None else ""


def term_runs(lists: Nomenclatures, speech: Speech, kind: str) -> str:
    """Return from when a term runs that has no date yet: ``3 дни от получаването на данните · АПК чл.57(9)``.

    Empty where the kind has no term, or one that runs from the receipt and so has a date.
    """
    document = lists.kinds.get(kind)
    if document is None or document.term is None or document.counts_from in {"receipt", "registration"}:
        return ""
    length = speech.term(document.term, document.unit)
    said = speech.say(f"village.term.from_{document.counts_from}", length=length)
    return f"{said} · {document.law}"


def speed_terms(lists: Nomenclatures, speech: Speech, service: int | None, on: date) -> dict[Speed, str]:
    """Return the speeds at which the tariff in force offers a service, each with the length of its term."""
    rows = [(speed, tariffs.row_in_force(lists.tariff, service or 0, speed, on)) for speed in Speed]
    return {speed: speech.term(row.term, row.unit) for speed, row in rows if row is not None}
