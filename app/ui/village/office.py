"""What the village window needs from outside (бюро): the store, the lists, the road. Put together in bootstrap."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from app.services.nomenclatures import Nomenclatures
    from app.store.station import StationStore
    from app.ui.village.beginning import Beginning


class Exchanged(NamedTuple):
    """What an exchange did: batches held now, envelopes taken, codes of those set aside, octets both ways."""

    held: int
    taken: int
    refused: tuple[str, ...]
    octets: int


class Exported(NamedTuple):
    """What was written into a folder."""

    files: int
    octets: int


class Imported(NamedTuple):
    """What was taken from a folder, and the codes of what was set aside."""

    taken: int
    refused: tuple[str, ...]


Verify = Callable[[bytes, bytes, bytes, bytes], bool]
"""(public key, label, message, signature) → genuine; ``sync.signatures.verify`` fits it."""


@dataclass(frozen=True)
class Office:
    """The verbs that the windows are handed. Each runs on a worker's thread and raises the taxonomy."""

    folder: Path
    open: "Callable[[str], StationStore]"
    """Open the store by a password."""
    check: Callable[[str], None]
    """Accept the password of an open store again (a locked window)."""
    lists: "Callable[[], Nomenclatures]"
    exchange: "Callable[[StationStore, bool], Exchanged]"
    """Exchange with the relay; True: bookkeeping facts too."""
    export: "Callable[[StationStore, Path], Exported]"
    take_in: "Callable[[StationStore, Path], Imported]"
    verify: Verify
    begun: bool = True
    """Whether there is a store; where there is none the window begins with the first run."""
    beginning: "Callable[[], Beginning] | None" = None
    """The steps of enrolment, loaded when they are first wanted."""
