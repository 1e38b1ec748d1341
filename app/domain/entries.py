"""What a person brings to the desk (постъпил документ), before it has a number."""

from datetime import date

import msgspec

from app.domain.errors import MissingRequired
from app.domain.facts import Correspondent, EarlierReceipt, PaperSeen, Particular
from app.domain.terms import Channel, CorrespondentKind, ResultWay, Speed


class Particulars(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Данни по вида: what the kind and the service ask for beside the common content.

    ``values`` are the kind's own fields that are not empty; ``papers`` the service's checklist;
    ``before_closing``: the person came before the office hours ended.
    """

    before_closing: bool = False
    values: tuple[Particular, ...] = ()
    papers: tuple[PaperSeen, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return self == NO_PARTICULARS

    def value(self, name: str) -> str:
        """Return what stands in a kind's own field, empty where nothing does."""
        return next((one.value for one in self.values if one.name == name), "")


NO_PARTICULARS = Particulars()


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
    particulars: Particulars = NO_PARTICULARS


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
