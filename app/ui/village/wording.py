"""How the village's things are said (изказ): services by short names, states with their signs, findings in words."""

from datetime import date

from app.domain.facts import Finding
from app.domain.terms import FindingCode, Standing, TownState
from app.services.list_rows import EntryRow
from app.services.nomenclatures import Nomenclatures
from app.ui.look.signs import Sign
from app.ui.widgets.ledger import Cell
from resources.loading import short_names
from resources.speech import Speech

_ISSUING = "издаване на "


def short_name(official: str) -> str:
    """Return a service's name as people say it: „Издаване на удостоверение за …“ is „Удостоверение за …“."""
    name = official[len(_ISSUING) :] if official.lower().startswith(_ISSUING) else official
    return name[:1].upper() + name[1:]


def service_name(lists: Nomenclatures, number: int | None) -> str:
    """Return the short name of a service; nothing for none or for one that the list does not hold."""
    service = lists.services.get(number or 0)
    return (short_names().get(service.number) or short_name(service.name)) if service else ""


def no_fee(lists: Nomenclatures, speech: Speech, number: int | None) -> str:
    """Return what is said where no fee is known: none is due, or that of the town where the law asks for one."""
    service = lists.services.get(number or 0)
    of_town = service is not None and service.payment in {"paid", "check"} and service.village_role != "performs"
    return speech.say("village.form.fee_of_town" if of_town else "village.form.fee_none")


def kind_name(lists: Nomenclatures, code: str, speech: Speech) -> str:
    """Return the name of a kind of document in the language of the screen; its code where the list does not hold it."""
    kind = lists.kinds.get(code)
    if kind is None:
        return code
    return kind.name if speech.language == "bg" else kind.name_en


def what(lists: Nomenclatures, row: EntryRow, speech: Speech) -> str:
    """Return what an entry is about: its service, else its subject, else its kind."""
    return service_name(lists, row.service) or row.subject or kind_name(lists, row.kind, speech)


def finding_title(speech: Speech, found: Finding | FindingCode) -> str:
    """Return a finding's words: the same beside its field, in the summary and in the details."""
    text = speech.label(found.code if isinstance(found, Finding) else found)
    return text[:1].upper() + text[1:]


def finding_help(speech: Speech, code: FindingCode) -> str:
    """Return what to do about a finding; nothing where its words say it already."""
    key = f"village.finding_help.{code.value}"
    return speech.say(key) if speech.has(key) else speech.say("village.finding_help.any")


def capital(text: str) -> str:
    """Return a label with a capital letter, as the first word of a line."""
    return text[:1].upper() + text[1:]


def state_of(row: EntryRow, today: date) -> tuple[Sign, str, bool]:
    """Return an entry's sign, the key of its word, and whether it awaits the clerk."""
    if row.standing is Standing.ANNULLED:
        return Sign.ANNULLED, "annulled", False
    awaiting = _awaiting(row, today)
    if awaiting is not None:
        return *awaiting, True
    if row.town is TownState.ACCEPTED:
        return Sign.SETTLED, "accepted", False
    if row.town is TownState.ANSWERED:
        return Sign.WAITS, "answered", False
    return Sign.WAITS, "received" if row.acknowledged else "waits", False


def _awaiting(row: EntryRow, today: date) -> tuple[Sign, str] | None:
    """Return why an entry in force awaits the clerk (``book.awaits_clerk``), None where it does not."""
    if row.town is TownState.DISPUTED:
        return Sign.QUESTION, "disputed"
    if row.is_late(today):
        return Sign.WRONG, "late"
    return (Sign.FINDING, "not_mended") if row.is_not_mended(today) else None


def state_cell(speech: Speech, row: EntryRow, today: date) -> Cell:
    """Return the cell of an entry's state: bold colour only for what awaits the clerk."""
    sign, key, awaits = state_of(row, today)
    colour = {Sign.WRONG: "red", Sign.QUESTION: "amber", Sign.FINDING: "amber"}.get(sign, "text2")
    return Cell(speech.say(f"village.state.{key}"), sign=sign, colour=colour if awaits else "text2", bold=awaits)


def term_cell(speech: Speech, row: EntryRow, today: date) -> Cell:
    """Return the cell of a due date: the date, and how far it is."""
    if row.standing is Standing.ANNULLED:
        return Cell("", colour="text2")
    if row.stopped:
        return _stopped(speech, row, today)
    if row.due_on is None:
        return Cell(speech.say("village.term.none"), colour="text2")
    left = (row.due_on - today).days
    near = row.due_on.year == today.year
    shown = speech.short_date(row.due_on) if near else speech.date(row.due_on)
    if row.town is TownState.ACCEPTED or row.ended is not None:
        return Cell(shown, colour="text2")
    far = _how_far(speech, left) if near else ""  # a date with its year takes all the room there is
    return Cell(shown, far, colour="red", bold=True) if left < 0 else Cell(shown, far)


def _stopped(speech: Speech, row: EntryRow, today: date) -> Cell:
    """Return the cell of a term that stands still, with the day until which the applicant mends what is wanting."""
    words, by = speech.say("village.term.stopped"), row.mend_by
    if by is None or row.ended is not None:
        return Cell(words, colour="text2")
    note = speech.say("village.term.mend_by", date=speech.short_date(by)) if by.year == today.year else ""
    over = row.is_not_mended(today)
    return Cell(words, note, colour="amber" if over else "text2", bold=over)


def _how_far(speech: Speech, left: int) -> str:
    """Return how many days are left, or since when a term is over."""
    if left < 0:
        return speech.say("village.term.since_yesterday") if left == -1 else speech.count("village.term.late", -left)
    return speech.say("village.term.today") if left == 0 else speech.count("formats.length.days", left)
