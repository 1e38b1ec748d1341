"""What a person brings to the desk (постъпил документ), before it has a number."""

from datetime import date

import msgspec

from app.domain.errors import MissingRequired
from app.domain.facts import Correspondent, EarlierReceipt
from app.domain.terms import Channel, CorrespondentKind, ResultWay, Speed


class Filing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A filing as typed. ``entry`` is the GUID made where the clerk begins; it is the idempotency key for ever."""

    entry: bytes
    register: int
    kind: str
    channel: Channel
    correspondents: tuple[Correspondent, ...]
    subject: str = ""
    service: int | None = None
    speed: Speed | None = None
    sheets: int = 0
    signed: bool = True
    result_way: ResultWay | None = None
    sender_number: str = ""
    sender_date: date | None = None
    received: EarlierReceipt | None = None
    case_file: bytes | None = None


def require(filing: Filing) -> None:
    """Accept a filing that has the only things required: kind, way of receipt, and a name or "anonymous".

    Raises:
        MissingRequired: names the field.

    """
    if not filing.kind:
        raise MissingRequired(field="kind")
    if not filing.correspondents:
        raise MissingRequired(field="correspondents")
    for correspondent in filing.correspondents:
        if correspondent.kind is not CorrespondentKind.ANONYMOUS and not correspondent.name.strip():
            raise MissingRequired(field="name")
