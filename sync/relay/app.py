"""The relay's HTTP face: ``POST /v1/exchange``, ``PUT /v1/admission``, ``GET /healthz``."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple

import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sync import frame, signatures
from sync.relay.doorkeeper import Doorkeeper, Refusal, Trust
from sync.relay.store import Deposit, RelayStore

REPLY_OCTETS = 786_432
"""At most this much goes back in one reply; the flag says whether more waits."""

_LENGTH_DIGITS = 15
"""Longer lengths are not even read as a number: Python refuses thousands of digits."""


class Means(NamedTuple):
    """What the relay works with. ``milestone`` is for fault tests."""

    store: RelayStore
    signing_key: bytes
    trust: Mapping[str, Trust]
    now: Callable[[], int]
    random: Callable[[int], bytes]
    milestone: Callable[[str], None]


class Relay:
    """Store and forward."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._door = Doorkeeper(self._trusted_list, means.now, means.random)

    def _trusted_list(self, municipality: str) -> bytes | None:
        """Return the list held, where the operator still trusts the centre that signed it."""
        signed, trust = self._means.store.admission(municipality), self._means.trust.get(municipality)
        return signed if signed is not None and trust is not None and trust.has_signed(signed) else None

    def app(self) -> Starlette:
        """Return the ASGI application."""
        return Starlette(
            routes=[
                Route("/v1/exchange", self._guarded(self._exchange), methods=["POST"]),
                Route("/v1/admission", self._guarded(self._admission), methods=["PUT"]),
                Route("/healthz", self._health, methods=["GET"]),
            ]
        )

    def _guarded(self, handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def guarded(request: Request) -> Response:
            try:
                return await handler(request)
            except Refusal as refusal:
                return self._refused(refusal)
            except (sa.exc.DBAPIError, OSError):
                return Response(status_code=503)

        return guarded

    def _refused(self, refusal: Refusal) -> Response:
        headers = {}
        if refusal.challenge is not None:
            headers = {"Tefter-Time": str(self._means.now()), "Tefter-Nonce": refusal.challenge.hex()}
        reply = Response(status_code=refusal.status, headers=headers)
        if not headers:
            reply.headers["Tefter-Signature"] = self._signature(bytes(16), b"")
        return reply

    def _signature(self, nonce: bytes, body: bytes) -> str:
        said = nonce + hashlib.sha256(body).digest()
        return signatures.sign(self._means.signing_key, signatures.REPLY, said).hex()

    async def _body(self, request: Request, digest: bytes) -> bytes:
        """Return the body, read only as far as its limit and only where its length was stated."""
        length = request.headers.get("content-length", "")
        if not length.isdecimal():
            raise Refusal(411)
        if len(length) > _LENGTH_DIGITS or int(length) > frame.MAX_REQUEST:
            raise Refusal(413)
        received = bytearray()
        async for piece in request.stream():
            received += piece
            if len(received) > frame.MAX_REQUEST:
                raise Refusal(413)
        body = bytes(received)
        if hashlib.sha256(body).digest() != digest:
            raise Refusal(400)
        return body

    async def _exchange(self, request: Request) -> Response:
        said = self._door.admit("POST", "/v1/exchange", request.headers)
        body = await self._body(request, said.digest)
        deposits, releases = self._parcels(body, said)
        done = self._means.store.run(said.municipality, said.participant, deposits, releases, self._means.now())
        times = await asyncio.wrap_future(done)
        if deposits:
            self._means.milestone("relay_after_hold")
        waiting, more = self._means.store.waiting(said.municipality, said.participant, REPLY_OCTETS)
        receipts = b"".join(self._receipt(envelope, stored_at) for envelope, stored_at in times.items())
        answer = frame.pack_parcels([b"\1" if more else b"\0", receipts, *waiting])
        headers = {"Tefter-Signature": self._signature(said.nonce, answer)}
        return Response(answer, media_type="application/octet-stream", headers=headers)

    def _parcels(self, body: bytes, said: frame.RequestHeaders) -> tuple[list[Deposit], list[bytes]]:
        try:
            released, *sealed = frame.parse_parcels(body)
            headers = [frame.parse(one).header for one in sealed]
        except (frame.FrameError, ValueError) as error:
            raise Refusal(400) from error
        if len(released) % 32 or any(
            (one.municipality, one.sender) != (said.municipality, said.participant) for one in headers
        ):
            raise Refusal(400)
        deposits = [
            Deposit(frame.envelope_id(octets), said.municipality, said.participant, header.recipient, octets)
            for octets, header in zip(sealed, headers, strict=True)
        ]
        return deposits, [released[at : at + 32] for at in range(0, len(released), 32)]

    def _receipt(self, envelope: bytes, stored_at: int) -> bytes:
        said = envelope + stored_at.to_bytes(8, "big")
        signature = signatures.sign(self._means.signing_key, signatures.ACK, said)
        return frame.RECEIPT.pack(envelope, stored_at, signature)

    async def _admission(self, request: Request) -> Response:
        """Keep a list of participants; what counts is the signature of the municipality's centre over the list."""
        municipality = request.headers.get("tefter-municipality", "")
        trust = self._means.trust.get(municipality)
        digest = request.headers.get("tefter-digest", "")
        nonce = request.headers.get("tefter-nonce", "")
        try:
            expected, said_nonce = bytes.fromhex(digest), bytes.fromhex(nonce)
        except ValueError as error:
            raise Refusal(400) from error
        if trust is None:
            raise Refusal(403)
        body = await self._body(request, expected)
        version, _ = trust.accepts(body)
        if not await asyncio.to_thread(self._means.store.keep_admission, municipality, version, body):
            raise Refusal(409)
        return Response(b"", headers={"Tefter-Signature": self._signature(said_nonce, b"")})

    async def _health(self, _request: Request) -> Response:
        stored, waiting = await asyncio.to_thread(self._means.store.counts)
        return JSONResponse({"stored": stored, "waiting": waiting})
