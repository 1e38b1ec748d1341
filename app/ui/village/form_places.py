"""The settlements that the form offers (населени места), read once, beside the window.

The window asks for them a moment after it shows, so that the first F2 finds them ready.
"""

from functools import cache
from typing import NamedTuple

import sqlalchemy as sa

from app.ledger.tables import registers
from app.ui.village.form_offers import Offers, settlement_offers
from app.ui.village.session import Session
from resources.loading import mayoralties


class Places(NamedTuple):
    """All settlements as offers, and the ЕКАТТЕ code of the mayoralty's own (empty where the list holds none)."""

    offers: Offers
    own: str


def places_of_station(session: Session) -> Places:
    """Return the settlements; those of the station's municipality come first. For a worker's thread."""
    with session.store.ledger.reading() as connection:
        asked = sa.select(registers.c.mayoralty).where(registers.c.register == session.place.register)
        mayoralty = connection.execute(asked).scalar() or ""
    return _places(session.store.identity.municipality, mayoralty)


def make_ready(session: Session) -> None:
    """Load what the pages after the register need; for a worker's thread, once the register stands there."""
    from app.ui.village import entry_form, fee, papers_slip, receipt_sheet, road, saved, till  # noqa: PLC0415 - cycles

    del entry_form, fee, papers_slip, receipt_sheet, road, saved, till
    places_of_station(session)


@cache
def _places(municipality: str, mayoralty: str) -> Places:
    own = next((one.settlement for one in mayoralties() if one.code == mayoralty), "")
    return Places(settlement_offers(municipality).prepare(), own)
