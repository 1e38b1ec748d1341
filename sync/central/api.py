"""The centre's HTTP API for its desks, JSON under ``/v1``; every request carries the desk's token.

``answers`` holds the forms of all that is said. A refusal is ``{"error": code, "facts": {…}}``: 400 malformed, 401
unauthorized, 404 unknown, 409 decided or changed meanwhile, 413 too long, 422 another rule, 503 disk or road.
"""

import functools
import hmac
from collections.abc import Awaitable, Callable
from typing import Annotated, NamedTuple, Protocol, TypeVar

import msgspec
import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.domain.errors import (
    AlreadyDecided,
    ContentTooLong,
    LineChanged,
    Malformed,
    RuleViolation,
    TefterError,
    UnknownBatch,
    UnknownEntry,
    UnknownReceipt,
    UnknownStation,
)
from app.domain.terms import ArrivalState, TownState
from sync.central import answers, batches, decisions, details, overview, reading
from sync.central.comparison import Lists
from sync.central.docflow import Docflow
from sync.central.overview import Exchanges
from sync.central.reading import Page
from sync.central.store import CentreStore

MAX_BODY = 65_536
MOST_ROWS = 500
DESK = 1
"""The actor of decisions until desks have accounts of their own."""

Handler = Callable[[Request], Awaitable[Response]]
Said = TypeVar("Said", bound=msgspec.Struct)


class Road(Protocol):
    """Who exchanges with the relay for the desk: the postman."""

    @property
    def last_success(self) -> int | None:
        """Return when an exchange last came through, UTC seconds."""

    @property
    def last_failure(self) -> str | None:
        """Return the code of the last failure, None after a success."""

    def exchange_now(self) -> None:
        """Exchange with the relay, or raise ExchangeFailed."""


class Centre(NamedTuple):
    """All that the API works with."""

    store: CentreStore
    docflow: Docflow
    lists: Lists
    road: Road


def application(centre: Centre) -> Starlette:
    """Return the ASGI application."""
    desk = _Desk(centre)
    reads = {
        "/v1/office": desk.office,
        "/v1/villages": desk.villages,
        "/v1/batches": desk.batches,
        "/v1/batches/{envelope}": desk.batch,
        "/v1/entries": desk.entries,
        "/v1/entries/{entry}": desk.entry,
        "/v1/receipts": desk.receipts,
        "/v1/receipts/{receipt}": desk.receipt,
        "/v1/lines": desk.lines,
        "/v1/findings": desk.findings,
    }
    acts = {
        "/v1/accept-clean": desk.accept_clean,
        "/v1/entries/{entry}/accept": desk.accept,
        "/v1/entries/{entry}/dispute": desk.dispute,
        "/v1/exchange": desk.exchange,
    }
    return Starlette(
        routes=[
            *(Route(path, desk.guarded(handler), methods=["GET"]) for path, handler in reads.items()),
            *(Route(path, desk.guarded(handler), methods=["POST"]) for path, handler in acts.items()),
            Route("/healthz", _health),
        ]
    )


async def _health(_request: Request) -> Response:
    return Response(b'{"ok":true}', media_type="application/json")


def _json(answer: msgspec.Struct, status: int = 200) -> Response:
    return Response(msgspec.json.encode(answer), status, media_type="application/json")


# --- what a desk may ask and say ------------------------------------------------------------------------------------

_Key = Annotated[int, msgspec.Meta(ge=0, lt=1 << 62)]
_Limit = Annotated[int, msgspec.Meta(ge=1, le=MOST_ROWS)]


class _Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A page of a list."""

    station: answers.Hex | None = None
    before: _Key | None = None
    limit: _Limit = 100


class _AskedEntries(_Asked, frozen=True, forbid_unknown_fields=True):
    town: TownState | None = None
    number: str = ""


class _AskedLines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    station: answers.Hex | None = None
    after: _Key = 0
    limit: _Limit = 100
    clean: bool | None = None


class _AskedOne(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    identifiers: bool = False


def _asked(request: Request, kind: type[Said]) -> Said:
    """Return the query strictly read.

    Raises:
        Malformed: an unknown name, or a value that is out of its range.

    """
    try:
        return msgspec.convert(dict(request.query_params), kind, strict=False)
    except msgspec.ValidationError as error:
        raise Malformed from error


async def _said(request: Request, kind: type[Said]) -> Said:
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


def _id(request: Request, name: str, unknown: type[TefterError]) -> bytes:
    try:
        return bytes.fromhex(request.path_params[name])
    except ValueError as error:
        raise unknown from error


_STATUS: dict[type[TefterError], int] = {
    Malformed: 400,
    UnknownEntry: 404,
    UnknownReceipt: 404,
    UnknownBatch: 404,
    UnknownStation: 404,
    AlreadyDecided: 409,
    LineChanged: 409,
    ContentTooLong: 413,
}


def _refusal(error: TefterError) -> Response:
    otherwise = 422 if isinstance(error, RuleViolation) else 503
    facts = {name: value if isinstance(value, int | None) else str(value) for name, value in error.facts.items()}
    return _json(answers.Refusal(error=error.code, facts=facts), _STATUS.get(type(error), otherwise))


# --- the routes -----------------------------------------------------------------------------------------------------


class _Desk:
    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._store = centre.store

    def guarded(self, handler: Handler) -> Handler:
        """Return the handler behind the token, with errors of the taxonomy as answers."""

        @functools.wraps(handler)
        async def guarded(request: Request) -> Response:
            given = request.headers.get("authorization", "").removeprefix("Bearer ")
            if not hmac.compare_digest(given.encode(), self._store.secrets.desk_token.encode()):
                return _json(answers.Refusal(error="unauthorized"), 401)
            try:
                return await handler(request)
            except TefterError as error:
                return _refusal(error)

        return guarded

    async def _read(self, question: Callable[[sa.Connection], msgspec.Struct]) -> Response:
        def ask() -> Response:
            with self._store.ledger.reading() as connection:
                return _json(question(connection))

        return await run_in_threadpool(ask)

    async def office(self, _request: Request) -> Response:
        """Who this is, what it holds, how the road stands, and the revision by which a desk sees a change."""
        road = self._centre.road
        exchanges = Exchanges(road.last_success, road.last_failure)
        return await self._read(lambda connection: overview.office(connection, self._store, exchanges))

    async def villages(self, _request: Request) -> Response:
        """All villages with state and reasons, worst first."""
        now = self._store.world.clock.now()
        return await self._read(lambda connection: overview.villages(connection, now))

    async def batches(self, request: Request) -> Response:
        """A page of batches: road, control totals as stated and as recomputed, acknowledgement."""
        asked = _asked(request, _Asked)
        station = bytes.fromhex(asked.station) if asked.station else None
        return await self._read(lambda connection: batches.page(connection, station, asked.before, asked.limit))

    async def batch(self, request: Request) -> Response:
        """One batch with its facts."""
        envelope = _id(request, "envelope", UnknownBatch)
        return await self._read(lambda connection: batches.details(connection, envelope))

    async def entries(self, request: Request) -> Response:
        """A page of entries."""
        asked = _asked(request, _AskedEntries)
        return await self._read(
            lambda connection: reading.entries_page(connection, _page(connection, asked), asked.town, asked.number)
        )

    async def entry(self, request: Request) -> Response:
        """One entry: what the village wrote, the comparison, the history of both sides."""
        entry, asked = _id(request, "entry", UnknownEntry), _asked(request, _AskedOne)
        lists = self._centre.lists
        return await self._read(
            lambda connection: details.entry(connection, lists, entry, identifiers=asked.identifiers)
        )

    async def receipts(self, request: Request) -> Response:
        """A page of receipts."""
        asked = _asked(request, _Asked)
        return await self._read(lambda connection: reading.receipts_page(connection, _page(connection, asked)))

    async def receipt(self, request: Request) -> Response:
        """One receipt."""
        receipt, asked = _id(request, "receipt", UnknownReceipt), _asked(request, _AskedOne)
        return await self._read(lambda connection: details.receipt(connection, receipt, identifiers=asked.identifiers))

    async def lines(self, request: Request) -> Response:
        """A page of the lines that wait, each with its findings and the reason that a dispute would propose."""
        asked = _asked(request, _AskedLines)

        def ask(connection: sa.Connection) -> answers.Lines:
            stream = _stream(connection, asked.station)
            return reading.lines(connection, stream, asked.after, asked.limit, clean=asked.clean)

        return await self._read(ask)

    async def findings(self, _request: Request) -> Response:
        """What the reconciliation of everything found, and what is not recorded."""
        return await self._read(_findings)

    async def accept_clean(self, request: Request) -> Response:
        """Accept all that is clean as it was seen."""
        said = await _said(request, answers.AcceptClean)
        station = bytes.fromhex(said.station) if said.station else None
        accept = functools.partial(decisions.accept_seen, seen=said.seen, station=station)
        done = await run_in_threadpool(accept, self._store, self._centre.docflow, DESK)
        changed = tuple(entry.hex() for entry in done.changed)
        return _json(answers.AcceptedClean(accepted=done.accepted, changed=changed))

    async def accept(self, request: Request) -> Response:
        """Accept one entry as it was seen."""
        entry, said = _id(request, "entry", UnknownEntry), await _said(request, answers.AcceptOne)
        number = await run_in_threadpool(decisions.accept, self._store, self._centre.docflow, entry, DESK, said.seen)
        return _json(answers.Accepted(central_number=number))

    async def dispute(self, request: Request) -> Response:
        """Dispute one entry as it was seen, with a coded reason."""
        entry, said = _id(request, "entry", UnknownEntry), await _said(request, answers.DisputeOne)
        await run_in_threadpool(decisions.dispute, self._store, entry, said.reason, said.note, DESK, said.seen)
        return _json(answers.Done())

    async def exchange(self, _request: Request) -> Response:
        """Exchange with the relay now."""
        await run_in_threadpool(self._centre.road.exchange_now)
        return _json(answers.Done())


def _page(connection: sa.Connection, asked: _Asked) -> Page:
    return Page(_stream(connection, asked.station), asked.before, asked.limit)


def _stream(connection: sa.Connection, station: str | None) -> bytes | None:
    return decisions.station_stream(connection, bytes.fromhex(station)) if station else None


def _findings(connection: sa.Connection) -> answers.Findings:
    return answers.Findings(
        villages=tuple(
            answers.FoundInVillage(where=one.where, code=one.finding.code)
            for one in decisions.village_findings(connection)
        ),
        envelopes=tuple(
            answers.NotRecorded(envelope=envelope.hex(), state=ArrivalState(state), code=code)
            for envelope, state, code in decisions.set_aside(connection)
        ),
    )
