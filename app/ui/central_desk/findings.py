"""What is not in order beyond single entries (забележки): envelopes that are not recorded, and what was noticed."""

from app.domain.numbering import SeriesKind
from app.domain.terms import ArrivalState
from app.ui.central_desk.wording import Words, capital, explained
from app.ui.look.signs import Sign
from app.ui.widgets.ledger import Cell, Column, Head, Item, Row
from resources.speech import Speech
from sync.central import answers

SHOWN = 12
"""Signs of an envelope's code: as many as people read to each other."""


def columns(speech: Speech) -> list[Column]:
    """Return the columns of what is not in order."""
    say = speech.say
    return [
        Column(say("desk.road.what"), 0),
        Column(say("desk.villages.name"), 150),
        Column(say("desk.road.where"), 220, below=True),
        Column(say("desk.villages.why"), 0, below=True),
    ]


def items(words: Words, found: answers.Findings) -> list[Item]:
    """Return heads and rows; nothing where all is in order."""
    speech = words.speech
    shown: list[Item] = []
    if found.envelopes:
        count = speech.count("desk.road.envelopes", len(found.envelopes))
        shown.append(Head(speech.say("desk.road.set_aside"), count, Sign.WRONG))
        shown += [_envelope(words, one) for one in found.envelopes]
    if found.villages:
        count = speech.count("desk.road.findings", len(found.villages))
        shown.append(Head(speech.say("desk.road.noticed"), count, Sign.FINDING))
        shown += [_finding(words, one, place) for place, one in enumerate(found.villages)]
    return shown


def _envelope(words: Words, one: answers.NotRecorded) -> Row:
    speech = words.speech
    waits = one.state is ArrivalState.WAITING
    what = speech.say("desk.road.envelope", code=one.envelope[:SHOWN])
    village = one.village or speech.say("desk.batches.unknown")
    where = f"{words.when(one.arrived_at)}, {speech.label(one.road)}"
    why = explained(speech, one.code)
    cells = (
        Cell(what, sign=Sign.WAITS if waits else Sign.WRONG, bold=not waits),
        Cell(village),
        Cell(where, colour="text2"),
        Cell(why),
    )
    return Row(one.envelope, cells, f"{what}, {village}, {where}, {why}")


def _finding(words: Words, one: answers.FoundInVillage, place: int) -> Row:
    what, where, why = capital(words.speech.label(one.code)), _where(words, one), _which(words, one)
    cells = (Cell(what, sign=Sign.FINDING), Cell(one.village), Cell(where, colour="text2"), Cell(why))
    return Row((place, one), cells, ", ".join(filter(None, (what, one.village, where, why))))


def _where(words: Words, one: answers.FoundInVillage) -> str:
    say = words.speech.say
    said = []
    if one.series is not None:
        said.append(say(f"desk.road.{_SERIES[one.series]}", index=one.index))
    if one.batch is not None:
        said.append(say("desk.batches.of", number=one.batch))
    when = words.speech.date(one.day) if one.day is not None else str(one.year or "")
    return ", ".join(filter(None, (*said, when, one.number)))


_SERIES = {SeriesKind.REGISTER: "register", SeriesKind.OUTGOING: "outgoing", SeriesKind.TILL: "till"}


def _which(words: Words, one: answers.FoundInVillage) -> str:
    speech = words.speech
    if one.numbers:
        return speech.count("desk.road.numbers", len(one.numbers), numbers=", ".join(map(str, one.numbers)))
    if one.cents:
        side = "missing" if one.cents < 0 else "over"
        return speech.say(f"desk.road.{side}", money=speech.money(abs(one.cents)))
    return ""
