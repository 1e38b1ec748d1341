"""The way to a relay over HTTP: one signed request that deposits, releases and collects."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.domain.errors import RelayFailing, RelayNotRecognised, RelayRefused, RelayUnreachable
from app.domain.ports import Clock, Http, HttpReply, Randomness
from sync import frame, signatures

EXCHANGE = "/v1/exchange"
ADMISSION = "/v1/admission"
_CONNECT_SECONDS = 10
_STALL_SECONDS = 45
"""Without a byte for so long the line is dead; there is no limit on the whole."""

_OK, _UNAUTHORIZED, _SERVER_ERROR = 200, 401, 500


class RequestsHttp:
    """The HTTP port over ``requests``: one kept connection, no redirects, no proxies from the environment."""

    def __init__(self) -> None:
        import requests  # noqa: PLC0415 - half of a window's start; the first exchange comes after it

        self._failure = requests.RequestException
        self._session = requests.Session()
        self._session.trust_env = False

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> HttpReply:
        """Return the answer, whatever its status.

        Raises:
            RelayUnreachable: no connection, or no byte for too long.

        """
        try:
            reply = self._session.request(
                method,
                url,
                headers=dict(headers),
                data=body,
                timeout=(_CONNECT_SECONDS, _STALL_SECONDS),
                allow_redirects=False,
            )
        except self._failure as error:
            raise RelayUnreachable(why=type(error).__name__) from error
        return HttpReply(reply.status_code, {name.lower(): text for name, text in reply.headers.items()}, reply.content)


class Receipt(NamedTuple):
    """*Stored*: the relay signed that it holds this envelope since this time."""

    envelope: bytes
    stored_at: int
    signature: bytes


class Reply(NamedTuple):
    """What an exchange brought: receipts, envelopes for this end, whether more wait, octets both ways."""

    receipts: list[Receipt]
    envelopes: list[bytes]
    more: bool
    octets: int


class Participant(NamedTuple):
    """In whose name requests are signed."""

    municipality: str
    participant: bytes
    signing_key: bytes


class RelayLink:
    """A relay as one participant sees it. ``relay_key`` is the relay's public signing key, from the enrolment."""

    def __init__(
        self,
        http: Http,
        url: str,
        relay_key: bytes,
        participant: Participant,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._http = http
        self._url = url.rstrip("/")
        self._relay_key = relay_key
        self._me = participant
        self._clock = clock
        self._randomness = randomness

    def exchange(self, deposits: Sequence[bytes], releases: Sequence[bytes]) -> Reply:
        """Deposit envelopes, let others be forgotten, collect what waits.

        Raises:
            RelayUnreachable, RelayFailing, RelayRefused: nothing changed at this end.
            RelayNotRecognised: the answer does not carry the relay's signature.

        """
        body = frame.pack_parcels([b"".join(releases), *deposits])
        answer = self._signed("POST", EXCHANGE, body)
        try:
            flags, receipts, *envelopes = frame.parse_parcels(answer)
        except (frame.FrameError, ValueError) as error:
            raise RelayNotRecognised from error
        held = [Receipt(*row) for row in frame.RECEIPT.iter_unpack(receipts)]
        for one in held:
            said = one.envelope + one.stored_at.to_bytes(8, "big")
            if not signatures.verify(self._relay_key, signatures.ACK, said, one.signature):
                raise RelayNotRecognised
        return Reply(held, envelopes, flags == b"\1", len(body) + len(answer))

    def publish_admission(self, signed_list: bytes) -> None:
        """Give the relay the signed list of participants."""
        self._signed("PUT", ADMISSION, signed_list)

    def _signed(self, method: str, path: str, body: bytes) -> bytes:
        """Send a signed request; where the relay doubts its time, sign once more with what the relay says."""
        nonce, now = self._randomness.bytes(16), int(self._clock.now().timestamp())
        reply = self._send(method, path, body, nonce, now)
        if reply.status == _UNAUTHORIZED and "tefter-nonce" in reply.headers:
            try:
                nonce = bytes.fromhex(reply.headers["tefter-nonce"])
                now = int(reply.headers.get("tefter-time", ""))
            except ValueError as error:
                raise RelayNotRecognised from error
            reply = self._send(method, path, body, nonce, now)
        if reply.status >= _SERVER_ERROR:
            raise RelayFailing(status=reply.status)
        signature = reply.headers.get("tefter-signature", "")
        if reply.status != _OK:
            raise RelayRefused(status=reply.status) if signature else RelayNotRecognised(status=reply.status)
        return self._authentic(nonce, reply, signature)

    def _authentic(self, nonce: bytes, reply: HttpReply, signature: str) -> bytes:
        said = nonce + hashlib.sha256(reply.body).digest()
        try:
            genuine = signatures.verify(self._relay_key, signatures.REPLY, said, bytes.fromhex(signature))
        except ValueError:
            genuine = False
        if not genuine:
            raise RelayNotRecognised(status=reply.status)
        return reply.body

    def _send(self, method: str, path: str, body: bytes, nonce: bytes, now: int) -> HttpReply:
        me = self._me
        said = frame.RequestHeaders(me.municipality, me.participant, now, nonce, hashlib.sha256(body).digest())
        signature = signatures.sign(me.signing_key, signatures.REQUEST, frame.request_statement(method, path, said))
        headers = {
            "Content-Type": "application/octet-stream",
            "Tefter-Municipality": said.municipality,
            "Tefter-Participant": said.participant.hex(),
            "Tefter-Time": str(said.time),
            "Tefter-Nonce": said.nonce.hex(),
            "Tefter-Digest": said.digest.hex(),
            "Tefter-Signature": signature.hex(),
        }
        return self._http.send(method, self._url + path, headers, body)
