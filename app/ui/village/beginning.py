"""What the first run needs from outside (въвеждане на работно място): the town's file, the store, the code."""

from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol

REPLY_SUFFIX = ".reply"
INVITATION_SUFFIX = ".enrolment"


class Invitation(NamedTuple):
    """What an enrolment file says: for whom it is, and for which villages."""

    municipality: str
    name: str
    demonstration: bool
    villages: tuple[str, ...] = ()

    @property
    def whose(self) -> str:
        """The villages by name where there are several, else the name that the town gave the station."""
        return ", ".join(self.villages) if len(self.villages) > 1 else self.name


class Begun(NamedTuple):
    """What enrolment shows: the code that is read to the town, and the recovery code to write down."""

    code: str
    recovery: str


class Beginning(Protocol):
    """The steps of enrolment. Each runs on a worker's thread and raises the taxonomy."""

    def invited(self, file: Path) -> Invitation:
        """Read an enrolment file.

        Raises:
            StoreMissing: there is no such file.
            Malformed: it is no enrolment file.

        """

    def enrol(self, file: Path, clerk: str, password: str) -> Begun:
        """Make the store; the reply for the town is kept beside it.

        Raises:
            StoreExists: there is one already.

        """

    def save_reply(self, where: Path) -> None:
        """Write the reply for the town into a file.

        Raises:
            DiskFull, DiskFailed: it does not stand there.

        """

    def code(self, password: str) -> str:
        """Return the code that is read to the town, of a store that is made and not confirmed yet."""

    def confirm(self, password: str, code: str, day: date | None) -> None:
        """Open the journal by the code that the town read out; ``day`` is today where the clock is in doubt.

        Raises:
            CodeMismatch: another code; nothing is opened.
            ClockDoubtful: the day must be confirmed first.

        """
