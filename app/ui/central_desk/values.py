"""Values of an entry in words (стойности): compared fields, and what a correction changed."""

from collections.abc import Callable, Mapping
from datetime import date

from app.domain.terms import Channel, ComparedField, IdentifierKind, ResultWay, Speed
from resources import loading
from resources.speech import Speech

Say = Callable[[str], str]


def compared_ways(speech: Speech) -> Mapping[ComparedField, Say]:
    """Return how the value of each compared field is said; a field without a way is said as it is."""
    return {
        ComparedField.FEE: lambda cents: speech.money(int(cents)),
        ComparedField.REGISTERED_ON: lambda day: speech.long_date(date.fromisoformat(day)),
        ComparedField.DUE_ON: lambda day: speech.long_date(date.fromisoformat(day)),
        ComparedField.SERVICE: service,
        ComparedField.KIND: lambda code: kind(speech, code),
        ComparedField.SPEED: lambda speed: speech.label(Speed(speed)),
        ComparedField.SETTLEMENT: settlement,
        ComparedField.IDENTIFIER: lambda value: identifier(speech, value),
    }


def changed_ways(speech: Speech) -> Mapping[str, Say]:
    """Return how an old or new value of a corrected field is said, by the field's name in the facts."""
    return {
        "fee": lambda cents: speech.money(int(cents)),
        "due": lambda day: speech.long_date(date.fromisoformat(day)),
        "received": lambda day: speech.long_date(date.fromisoformat(day)),
        "sender_date": lambda day: speech.long_date(date.fromisoformat(day)),
        "service": service,
        "kind": lambda code: kind(speech, code),
        "speed": lambda speed: speech.label(Speed(speed)),
        "channel": lambda channel: speech.label(Channel(channel)),
        "result_way": lambda way: speech.label(ResultWay(way)),
        "signed": lambda signed: speech.say("desk.compare.yes" if signed == "True" else "desk.compare.no"),
    }


def service(number: str) -> str:
    """Return a service's number and short name."""
    name = loading.short_names().get(int(number))
    return f"{number} · {name}" if name else number


def kind(speech: Speech, code: str) -> str:
    """Return the name of a kind of document in the language of the screen."""
    found = loading.document_kinds().get(code)
    if found is None:
        return code
    return found.name if speech.language == "bg" else found.name_en


def settlement(ekatte: str) -> str:
    """Return a settlement's type and name; its code where the list does not hold it."""
    try:
        found = loading.settlement(ekatte)
    except KeyError:
        return ekatte
    return f"{found.type} {found.name}"


def identifier(speech: Speech, value: str) -> str:
    """Return a code of an identifier's kind in words, and any other value as it is."""
    kinds = {one.value for one in IdentifierKind}
    return speech.label(IdentifierKind(value)) if value in kinds else value
