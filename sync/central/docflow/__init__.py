"""The narrow seam to a docflow (деловодна система): give a document a central number, withdraw it, nothing else."""

from typing import NamedTuple, Protocol

import sqlalchemy as sa


class Filing(NamedTuple):
    """What a docflow is told of an entry. ``entry`` is the idempotency key."""

    entry: bytes
    kind: str
    subject: str
    village_number: str
    registered_on: str


class Docflow(Protocol):
    """A docflow behind the seam."""

    def register(self, connection: sa.Connection, filing: Filing) -> str:
        """Return the central number of an entry; the same entry always gets the same."""

    def withdraw(self, connection: sa.Connection, entry: bytes, reason: str) -> None:
        """Note that an entry was annulled in the village after it had its number."""
