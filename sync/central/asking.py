"""What a desk may ask and say, strictly read: queries, bodies, and ids in paths."""

from typing import Annotated, TypeVar

import msgspec
from starlette.requests import Request

from app.domain.errors import ContentTooLong, Malformed, TefterError
from app.domain.terms import TownState
from sync.central.answers import Hex

MAX_BODY = 65_536
MOST_ROWS = 500

Said = TypeVar("Said", bound=msgspec.Struct)
Key = Annotated[int, msgspec.Meta(ge=0, lt=1 << 62)]
Limit = Annotated[int, msgspec.Meta(ge=1, le=MOST_ROWS)]


class AskedPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A page of a list, of one station or of all."""

    station: Hex | None = None
    before: Key | None = None
    limit: Limit = 100


class AskedEntries(AskedPage, frozen=True, forbid_unknown_fields=True):
    """A page of entries, in one state or with one number."""

    town: TownState | None = None
    number: str = ""


class AskedLines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A page of lines that wait; only clean ones or only other ones where said."""

    station: Hex | None = None
    after: Key = 0
    limit: Limit = 100
    clean: bool | None = None


class AskedOne(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry or receipt; with personal identifiers only where said."""

    identifiers: bool = False


def asked(request: Request, kind: type[Said]) -> Said:
    """Return the query strictly read.

    Raises:
        Malformed: an unknown name, or a value that is out of its range.

    """
    try:
        return msgspec.convert(dict(request.query_params), kind, strict=False)
    except msgspec.ValidationError as error:
        raise Malformed from error


async def said(request: Request, kind: type[Said]) -> Said:
    """Return the body strictly read; no more is read than a body may have.

    Raises:
        ContentTooLong: more octets than that.
        Malformed: not of this form.

    """
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BODY:
            raise ContentTooLong
    try:
        return msgspec.json.decode(bytes(body), type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed from error


def named(request: Request, name: str, unknown: type[TefterError]) -> bytes:
    """Return the id that a path names; what is no hexadecimal text names nothing that is known.

    Raises:
        UnknownEntry, UnknownReceipt, UnknownBatch: as ``unknown`` says.

    """
    try:
        return bytes.fromhex(request.path_params[name])
    except ValueError as error:
        raise unknown from error
