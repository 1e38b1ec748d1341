"""The centre's HTTP API for its desks, JSON under ``/v1``; every request carries the desk's token.

``answers`` holds the forms of all that is said. A refusal is ``{"error": code, "facts": {…}}``: 400 malformed, 401
unauthorized, 404 unknown, 409 decided or changed meanwhile, 413 too long, 422 another rule, 503 disk or road.
"""

import functools
import hmac
from collections.abc import Awaitable, Callable
from typing import NamedTuple, Protocol

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
from sync.central import answers, batches, decisions, details, overview, reading
from sync.central.asking import AskedEntries, AskedLines, AskedOne, AskedPage, asked, named, said
from sync.central.comparison import Lists
from sync.central.docflow import Docflow
from sync.central.overview import Exchanges
from sync.central.reading import Page
from sync.central.store import CentreStore

DESK = 1
"""The actor of decisions until desks have accounts of their own."""

Handler = Callable[[Request], Awaitable[Response]]


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
        wanted = asked(request, AskedPage)
        station = bytes.fromhex(wanted.station) if wanted.station else None
        return await self._read(lambda connection: batches.page(connection, station, wanted.before, wanted.limit))

    async def batch(self, request: Request) -> Response:
        """One batch with its facts."""
        envelope = named(request, "envelope", UnknownBatch)
        return await self._read(lambda connection: batches.details(connection, envelope))

    async def entries(self, request: Request) -> Response:
        """A page of entries."""
        wanted = asked(request, AskedEntries)
        return await self._read(
            lambda connection: reading.entries_page(connection, _page(connection, wanted), wanted.town, wanted.number)
        )

    async def entry(self, request: Request) -> Response:
        """One entry: what the village wrote, the comparison, the history of both sides."""
        entry, wanted = named(request, "entry", UnknownEntry), asked(request, AskedOne)
        lists = self._centre.lists
        return await self._read(
            lambda connection: details.entry(connection, lists, entry, identifiers=wanted.identifiers)
        )

    async def receipts(self, request: Request) -> Response:
        """A page of receipts."""
        wanted = asked(request, AskedPage)
        return await self._read(lambda connection: reading.receipts_page(connection, _page(connection, wanted)))

    async def receipt(self, request: Request) -> Response:
        """One receipt."""
        receipt, wanted = named(request, "receipt", UnknownReceipt), asked(request, AskedOne)
        return await self._read(lambda connection: details.receipt(connection, receipt, identifiers=wanted.identifiers))

    async def lines(self, request: Request) -> Response:
        """A page of the lines that wait, each with its findings and the reason that a dispute would propose."""
        wanted = asked(request, AskedLines)

        def ask(connection: sa.Connection) -> answers.Lines:
            stream = _stream(connection, wanted.station)
            return reading.lines(connection, stream, wanted.after, wanted.limit, clean=wanted.clean)

        return await self._read(ask)

    async def findings(self, _request: Request) -> Response:
        """What the reconciliation of everything found, and what is not recorded."""
        return await self._read(reading.all_findings)

    async def accept_clean(self, request: Request) -> Response:
        """Accept all that is clean as it was seen."""
        body = await said(request, answers.AcceptClean)
        station = bytes.fromhex(body.station) if body.station else None
        accept = functools.partial(decisions.accept_seen, seen=body.seen, station=station)
        done = await run_in_threadpool(accept, self._store, self._centre.docflow, DESK)
        changed = tuple(entry.hex() for entry in done.changed)
        return _json(answers.AcceptedClean(accepted=done.accepted, changed=changed))

    async def accept(self, request: Request) -> Response:
        """Accept one entry as it was seen."""
        entry, body = named(request, "entry", UnknownEntry), await said(request, answers.AcceptOne)
        number = await run_in_threadpool(decisions.accept, self._store, self._centre.docflow, entry, DESK, body.seen)
        return _json(answers.Accepted(central_number=number))

    async def dispute(self, request: Request) -> Response:
        """Dispute one entry as it was seen, with a coded reason."""
        entry, body = named(request, "entry", UnknownEntry), await said(request, answers.DisputeOne)
        await run_in_threadpool(decisions.dispute, self._store, entry, body.reason, body.note, DESK, body.seen)
        return _json(answers.Done())

    async def exchange(self, _request: Request) -> Response:
        """Exchange with the relay now."""
        await run_in_threadpool(self._centre.road.exchange_now)
        return _json(answers.Done())


def _page(connection: sa.Connection, wanted: AskedPage) -> Page:
    return Page(_stream(connection, wanted.station), wanted.before, wanted.limit)


def _stream(connection: sa.Connection, station: str | None) -> bytes | None:
    return decisions.station_stream(connection, bytes.fromhex(station)) if station else None
