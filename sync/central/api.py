"""The centre's HTTP API for its desks, JSON under ``/v1``; every request carries the desk's token.

Amounts are integer minor units, ids hexadecimal, times UTC seconds.
"""

import functools
import hmac
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.domain.errors import AlreadyDecided, RuleViolation, TefterError, UnknownEntry
from app.domain.reconciliation import dispute_reason
from app.domain.terms import DisputeReason
from app.ledger.tables import entries, inbox, receipts, stations, streams
from sync.central import decisions
from sync.central.docflow import Docflow
from sync.central.schema import batch_checks
from sync.central.store import CentreStore

MAX_BODY = 65_536
DESK = 1
"""The actor of decisions until desks have accounts of their own."""

Handler = Callable[[Request], Awaitable[Response]]


class Dispute(msgspec.Struct, forbid_unknown_fields=True):
    """The body of a dispute."""

    reason: DisputeReason
    note: str = ""


def application(store: CentreStore, docflow: Docflow, exchange_now: Callable[[], None]) -> Starlette:
    """Return the ASGI application."""
    desk = _Desk(store, docflow, exchange_now)
    routes = [
        Route("/v1/villages", desk.guarded(desk.villages)),
        Route("/v1/batches", desk.guarded(desk.batches)),
        Route("/v1/lines", desk.guarded(desk.lines)),
        Route("/v1/findings", desk.guarded(desk.findings)),
        Route("/v1/accept-clean", desk.guarded(desk.accept_clean), methods=["POST"]),
        Route("/v1/entries/{entry}/accept", desk.guarded(desk.accept), methods=["POST"]),
        Route("/v1/entries/{entry}/dispute", desk.guarded(desk.dispute), methods=["POST"]),
        Route("/v1/exchange", desk.guarded(desk.exchange), methods=["POST"]),
        Route("/healthz", _health),
    ]
    return Starlette(routes=routes)


async def _health(_request: Request) -> Response:
    return JSONResponse({"ok": True})


_STATUS: dict[type[TefterError], int] = {UnknownEntry: 404, AlreadyDecided: 409}


class _Desk:
    def __init__(self, store: CentreStore, docflow: Docflow, exchange_now: Callable[[], None]) -> None:
        self._store = store
        self._docflow = docflow
        self._exchange_now = exchange_now

    def guarded(self, handler: Handler) -> Handler:
        """Return the handler behind the token, with errors of the taxonomy as answers."""

        @functools.wraps(handler)
        async def guarded(request: Request) -> Response:
            given = request.headers.get("authorization", "").removeprefix("Bearer ")
            if not hmac.compare_digest(given.encode(), self._store.secrets.desk_token.encode()):
                return JSONResponse({"error": "unauthorized"}, 401)
            try:
                return await handler(request)
            except TefterError as error:
                otherwise = 422 if isinstance(error, RuleViolation) else 503
                return JSONResponse({"error": error.code}, _STATUS.get(type(error), otherwise))

        return guarded

    async def _read(self, question: Callable[[sa.Connection], Any]) -> Response:
        def ask() -> Any:  # noqa: ANN401 - whatever JSON takes
            with self._store.ledger.reading() as connection:
                return question(connection)

        return JSONResponse(await run_in_threadpool(ask))

    async def villages(self, _request: Request) -> Response:
        """Villages: name, last contact, entries and receipts held, how many wait for a decision."""
        return await self._read(_villages)

    async def batches(self, _request: Request) -> Response:
        """Batches: number, station, road, control totals as stated and as recomputed."""
        return await self._read(_batches)

    async def lines(self, _request: Request) -> Response:
        """Entries that wait, each with its findings and the reason that a dispute would propose."""
        return await self._read(_lines)

    async def findings(self, _request: Request) -> Response:
        """What reconciliation found beyond single entries, and what was set aside."""
        return await self._read(_findings)

    async def accept_clean(self, _request: Request) -> Response:
        """Accept all that is clean."""
        accepted = await run_in_threadpool(decisions.accept_clean, self._store, self._docflow, DESK)
        return JSONResponse({"accepted": accepted})

    async def accept(self, request: Request) -> Response:
        """Accept one entry."""
        entry = _entry(request)
        number = await run_in_threadpool(decisions.accept, self._store, self._docflow, entry, DESK)
        return JSONResponse({"central_number": number})

    async def dispute(self, request: Request) -> Response:
        """Dispute one entry with a coded reason."""
        body = await request.body()
        try:
            said = msgspec.json.decode(body[:MAX_BODY], type=Dispute)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return JSONResponse({"error": "malformed"}, 400)
        entry = _entry(request)
        await run_in_threadpool(decisions.dispute, self._store, entry, said.reason, said.note, DESK)
        return JSONResponse({})

    async def exchange(self, _request: Request) -> Response:
        """Exchange with the relay now."""
        await run_in_threadpool(self._exchange_now)
        return JSONResponse({})


def _entry(request: Request) -> bytes:
    try:
        return bytes.fromhex(request.path_params["entry"])
    except ValueError as error:
        raise UnknownEntry from error


def _villages(connection: sa.Connection) -> list[dict[str, Any]]:
    answer = []
    for row in connection.execute(sa.select(stations).order_by(stations.c.name)):
        arrived = sa.select(sa.func.max(inbox.c.arrived_at)).where(inbox.c.sender == row.station)
        held = sa.select(sa.func.count()).where(entries.c.stream == row.epoch)
        taken = sa.select(sa.func.count()).where(receipts.c.stream == row.epoch)
        waiting = held.where(entries.c.town == "new")
        head = sa.select(streams.c.sequence).where(streams.c.stream == row.epoch)
        answer.append(
            {
                "station": row.station.hex(),
                "name": row.name,
                "last_contact": connection.execute(arrived).scalar(),
                "entries": connection.execute(held).scalar(),
                "receipts": connection.execute(taken).scalar(),
                "waiting": connection.execute(waiting).scalar(),
                "facts": connection.execute(head).scalar() or 0,
                "revoked": row.revoked_from_batch is not None,
            }
        )
    return answer


def _batches(connection: sa.Connection) -> list[dict[str, Any]]:
    checks = sa.and_(batch_checks.c.stream == inbox.c.stream, batch_checks.c.number == inbox.c.number)
    query = (
        sa.select(inbox, stations.c.name.label("village"), batch_checks.c.stated, batch_checks.c.recomputed)
        .outerjoin(stations, stations.c.station == inbox.c.sender)
        .outerjoin(batch_checks, checks)
        .order_by(inbox.c.place)
    )
    return [
        {
            "envelope": row.envelope.hex(),
            "village": row.village,
            "number": row.number,
            "first": row.first,
            "last": row.last,
            "state": row.state,
            "code": row.code,
            "road": row.road,
            "arrived_at": row.arrived_at,
            "stated": row.stated,
            "recomputed": row.recomputed,
        }
        for row in connection.execute(query)
    ]


def _lines(connection: sa.Connection) -> list[dict[str, Any]]:
    return [
        {
            "entry": line.row.entry.hex(),
            "number": decisions.told_number(line.row),
            "kind": line.row.kind,
            "subject": line.row.subject,
            "fee_cents": line.row.fee_cents,
            "findings": list(line.found),
            "proposed_reason": dispute_reason(line.found) if line.found else None,
        }
        for line in decisions.waiting_lines(connection)
    ]


def _findings(connection: sa.Connection) -> dict[str, Any]:
    return {
        "villages": [{"where": one.where, "code": one.finding.code} for one in decisions.village_findings(connection)],
        "envelopes": [
            {"envelope": envelope.hex(), "state": state, "code": code}
            for envelope, state, code in decisions.set_aside(connection)
        ],
    }
