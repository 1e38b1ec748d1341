"""What the village window needs from outside (бюро): the store, the lists, the road. Put together in bootstrap."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from app.domain.ports import Clock, Randomness
    from app.services.first_look import FirstLook
    from app.services.nomenclatures import Nomenclatures
    from app.store.station import StationStore
    from app.ui.village.beginning import Beginning


class Look(NamedTuple):
    """A look into a store by its password: what the first picture shows, and how it is opened as a whole after it."""

    seen: "FirstLook"
    clock: "Clock"
    randomness: "Randomness"
    open: "Callable[[], StationStore]"


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
    look: "Callable[[str], Look | None]" = lambda _password: None
    """Look into the store by a password, before it is opened; None where it must be opened as a whole first."""
    begun: bool = True
    """Whether there is a store; where there is none the window begins with the first run."""
    beginning: "Callable[[], Beginning] | None" = None
    """The steps of enrolment, loaded when they are first wanted."""
