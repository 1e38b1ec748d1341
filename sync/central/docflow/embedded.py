"""The embedded docflow: a yearly register beside the centre's own tables, for a municipality that has nothing else."""

import sqlalchemy as sa

from sync.central.docflow import Filing
from sync.central.schema import docflow_register

INDEX = "94"
"""The case index under which villages' filings are registered, until the municipality sets its own."""


def central_number(number: int, registered_on: str) -> str:
    """Return a number as it is written, ``94-000017/20.11.2026``; ``registered_on`` is an ISO date."""
    day = ".".join(reversed(registered_on.split("-")))
    return f"{INDEX}-{number:06d}/{day}"


class EmbeddedDocflow:
    """Numbers 1…n in each calendar year, in the transaction of the decision."""

    def register(self, connection: sa.Connection, filing: Filing) -> str:
        """Return the central number; the same entry always gets the same."""
        table = docflow_register.c
        known = connection.execute(sa.select(table.central_number).where(table.entry == filing.entry)).scalar()
        if known is not None:
            return str(known)
        year = int(filing.registered_on[:4])
        last = connection.execute(sa.select(sa.func.max(table.number)).where(table.year == year)).scalar()
        number = int(last or 0) + 1
        written = central_number(number, filing.registered_on)
        row = {
            "year": year,
            "number": number,
            "entry": filing.entry,
            "registered_on": filing.registered_on,
        }
        connection.execute(sa.insert(docflow_register).values(**row, central_number=written))
        return written

    def withdraw(self, connection: sa.Connection, entry: bytes, reason: str) -> None:
        """Mark the entry's row; its number stays used."""
        query = sa.update(docflow_register).where(docflow_register.c.entry == entry)
        connection.execute(query.values(withdrawn_because=reason))
