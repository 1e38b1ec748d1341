"""What became of a case, in words (преписката с думи): results with their delivery, and why it ended."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from app.domain.terms import DeliveryState, DeliveryWay, Ending
from app.ui.village.wording import capital
from app.ui.widgets.panel import FactRow
from app.ui.widgets.text import Role
from resources.speech import Speech

if TYPE_CHECKING:
    from app.services.case_details import Delivery, Result
    from app.services.details import EntryDetails


def case_rows(speech: Speech, entry: "EntryDetails") -> list[FactRow]:
    """Return the rows of an entry's results and of its ending, nothing where the case is only under way."""
    rows = [_result(speech, one) for one in entry.results if one.in_force]
    ended = entry.ended
    if ended is not None and ended.ending is not Ending.RESULTED:
        told = speech.say("village.case.sender_told", date=speech.date(ended.told_on)) if ended.told_on else ""
        note = " · ".join(filter(None, (ended.addressee, told, ended.reason)))
        rows.append(FactRow(speech.say("village.case.ended"), capital(speech.label(ended.ending)), note, Role.STRONG))
    return rows


def _result(speech: Speech, one: "Result") -> FactRow:
    label = speech.say(f"village.case.row_{one.outcome.value}")
    where = delivery(speech, one.delivery) if one.delivery is not None else speech.say("village.case.lies_here")
    return FactRow(label, one.told.partition("/")[0], f"{one.title} · {where}", Role.STRONG)


def delivery(speech: Speech, known: "Delivery") -> str:
    """Return where a result is: how, when, to whom, by which number."""
    way = speech.label(known.way) if known.way is not DeliveryWay.BY_HAND else ""
    said = (speech.label(known.state), way, speech.date(known.on), known.receiver, known.tracking, known.note)
    return ", ".join(filter(None, said))


def codes_of(speech: Speech, values: Mapping[str, str | int | None]) -> list[str]:
    """Return the codes of a moment in words: of a delivery with its day, or of an ending."""
    said = []
    if values.get("ending"):
        said.append(speech.label(Ending(str(values["ending"]))))
    if values.get("state"):
        said.append(speech.label(DeliveryState(str(values["state"]))))
        way = DeliveryWay(str(values["way"]))
        said += [speech.label(way)] if way is not DeliveryWay.BY_HAND else []
        said.append(speech.date(date.fromisoformat(str(values["on"]))))
    return said
