"""The files of an entry in two lines (приложенията накратко), for its details. Light: the first picture loads it."""

from typing import TYPE_CHECKING

from app.domain import electronic_file
from app.domain.electronic_file import ElectronicFile
from resources.speech import Speech

if TYPE_CHECKING:
    from app.services.details import EntryDetails


def state_of(entry: "EntryDetails") -> ElectronicFile:
    """Return what the electronic file of an entry waits for."""
    return electronic_file.state(entry.channel, (one.source for one in entry.attachments))


def in_brief(speech: Speech, entry: "EntryDetails") -> tuple[str, str]:
    """Return how many files an entry has, and the state of its electronic file, as the details show them."""
    count = len(entry.attachments)
    files = speech.count("village.attachments.files", count) if count else speech.say("village.attachments.none_yet")
    return files, speech.say(f"village.attachments.{state_of(entry).value}")
