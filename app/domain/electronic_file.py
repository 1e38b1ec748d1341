"""The electronic file of an entry (електронна преписка, АПК чл. 29а – 29в): what it still waits for."""

from collections.abc import Iterable
from enum import StrEnum

from app.domain.file_types import FileType
from app.domain.terms import AttachmentSource, Channel

_BORN_ELECTRONIC = frozenset({Channel.E_MAIL, Channel.OTHER_REGISTRY})


class ElectronicFile(StrEnum):
    """Състояние на електронната преписка. A village without scanner or signature waits for the centre (чл. 29б)."""

    AWAITS_SCAN = "awaits_scan"
    AWAITS_CERTIFYING = "awaits_certifying"
    ELECTRONIC = "electronic"


def state(channel: Channel, sources: Iterable[AttachmentSource]) -> ElectronicFile:
    """Return what the electronic file of an entry waits for, by how it came and what is attached to it."""
    if AttachmentSource.SCAN in set(sources):
        return ElectronicFile.AWAITS_CERTIFYING
    return ElectronicFile.ELECTRONIC if channel in _BORN_ELECTRONIC else ElectronicFile.AWAITS_SCAN


def likely_source(channel: Channel, kind: FileType) -> AttachmentSource:
    """Return what a file most likely is: the image of a paper that was filed, or a document that was born as a file."""
    scanned = bool(kind.drawn) and channel not in _BORN_ELECTRONIC
    return AttachmentSource.SCAN if scanned else AttachmentSource.FILE
