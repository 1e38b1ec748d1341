"""The settlements that the form offers (населени места), read once, beside the window.

The window asks for them a moment after it shows, so that the first F2 finds them ready.
"""

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from app.ledger.tables import registers
from app.ui.village.form_offers import Offers, settlement_offers
from resources.loading import mayoralties

if TYPE_CHECKING:
    from app.ui.village.session import Session


class Places(NamedTuple):
    """All settlements as offers, and the ЕКАТТЕ code of the mayoralty's own (empty where the list holds none)."""

    offers: Offers
    own: str


def places_of_station(session: "Session") -> Places:
    """Return the settlements; those of the station's municipality come first. For a worker's thread."""
    with session.store.ledger.reading() as connection:
        asked = sa.select(registers.c.mayoralty).where(registers.c.register == session.place.register)
        mayoralty = connection.execute(asked).scalar() or ""
    own = next((one.settlement for one in mayoralties() if one.code == mayoralty), "")
    return Places(_offers(session.store.identity.municipality), own)


@cache
def _offers(municipality: str) -> Offers:
    return settlement_offers(municipality).prepare()
