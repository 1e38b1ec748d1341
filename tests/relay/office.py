"""A relay for tests, two participants, and the hands to write requests for it octet by octet."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import httpx
from starlette.testclient import TestClient

from app.domain.ports import pass_by
from sync import frame, signatures
from sync.relay.app import Means, Relay
from sync.relay.doorkeeper import Trust
from sync.relay.store import RelayStore
from tests.town import CountedRandomness

MUNICIPALITY = "BLG49"
START = 1_795_000_000
EXCHANGE = "/v1/exchange"
ADMISSION = "/v1/admission"


class Member(NamedTuple):
    """Somebody with a signing key."""

    municipality: str
    id: bytes
    key: bytes

    @property
    def public(self) -> bytes:
        """Return the public half of the key."""
        return signatures.public_key(self.key)


def member(name: str, municipality: str = MUNICIPALITY) -> Member:
    """Return a member whose id and key follow from a name."""
    return Member(municipality, hashlib.sha256(name.encode()).digest()[:16], hashlib.sha256(name.encode()).digest())


def envelope(sender: Member, recipient: Member, number: int = 1, size: int = 1_136) -> bytes:
    """Return octets that the relay takes for an envelope; it looks no further than the outer header."""
    header = frame.Header(
        suite=1,
        direction=frame.UP,
        content=frame.BATCH,
        municipality=sender.municipality,
        sender=sender.id,
        recipient=recipient.id,
        recipient_key=bytes(16),
        epoch=sender.id,
        number=number,
    )
    return frame.pack_header(header, size) + bytes([number % 256]) * size + bytes(frame.SIGNATURE_BYTES)


class Said(NamedTuple):
    """What the relay answered to an exchange."""

    more: bool
    receipts: list[tuple[bytes, int, bytes]]
    envelopes: list[bytes]


def understood(reply: httpx.Response) -> Said:
    """Return an answer taken apart."""
    assert reply.status_code == 200, reply.status_code
    flags, receipts, *envelopes = frame.parse_parcels(reply.content)
    rows = [(one[0], one[1], one[2]) for one in frame.RECEIPT.iter_unpack(receipts)]
    return Said(flags == b"\1", rows, envelopes)


class PostOffice:
    """A relay that admits Микрево, Илинденци and their centre; its clock stands in the test's hand."""

    def __init__(self, folder: Path) -> None:
        self.now = START
        self.key = CountedRandomness("relay").bytes(32)
        self.folder = folder
        self.mikrevo, self.ilindentsi, self.centre = member("Микрево"), member("Илинденци"), member("Струмяни")
        self._random = CountedRandomness("nonces")
        self._requests = 0
        self.trust = {MUNICIPALITY: Trust(MUNICIPALITY, self.centre.public)}
        self.open()

    def open(self) -> None:
        """Start the relay over the store in its folder."""
        self.store = RelayStore(self.folder)
        means = Means(self.store, self.key, self.trust, lambda: self.now, self._random.bytes, pass_by)
        self.app = Relay(means).app()
        self.client = TestClient(self.app, base_url="http://relay")

    def close(self) -> None:
        """Stop it."""
        self.client.close()
        self.store.close()

    def restart(self) -> None:
        """Stop it and start it over the same store."""
        self.close()
        self.now += 1
        self.open()

    def list(self, version: int, members: Iterable[Member], signer: Member | None = None) -> bytes:
        """Return a list of participants as a centre signs it."""
        octets = frame.pack_admission(MUNICIPALITY, version, [(one.id, one.public) for one in members])
        return octets + signatures.sign((signer or self.centre).key, signatures.SET, octets)

    def admit(self, version: int = 1, members: Iterable[Member] | None = None) -> httpx.Response:
        """Publish a list of participants."""
        return self.put(self.list(version, members or (self.centre, self.mikrevo, self.ilindentsi)))

    def put(self, signed_list: bytes, **changes: str) -> httpx.Response:
        """Send a list of participants."""
        headers = {
            "tefter-municipality": MUNICIPALITY,
            "tefter-digest": hashlib.sha256(signed_list).hexdigest(),
            "tefter-nonce": bytes(16).hex(),
        }
        reply: httpx.Response = self.client.put(ADMISSION, content=signed_list, headers=headers | _headers(changes))
        return reply

    def headers(
        self, who: Member, body: bytes, *, time: int | None = None, nonce: bytes | None = None, path: str = EXCHANGE
    ) -> dict[str, str]:
        """Return the headers of a signed request."""
        self._requests += 1
        nonce = nonce or hashlib.sha256(self._requests.to_bytes(8, "big")).digest()[:16]
        time = self.now if time is None else time
        said = frame.RequestHeaders(who.municipality, who.id, time, nonce, hashlib.sha256(body).digest())
        statement = frame.request_statement("POST", path, said)
        return {
            "tefter-municipality": who.municipality,
            "tefter-participant": who.id.hex(),
            "tefter-time": str(time),
            "tefter-nonce": nonce.hex(),
            "tefter-digest": said.digest.hex(),
            "tefter-signature": signatures.sign(who.key, signatures.REQUEST, statement).hex(),
        }

    def send(self, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
        """Send an exchange as it stands."""
        reply: httpx.Response = self.client.post(EXCHANGE, content=body, headers=dict(headers))
        return reply

    def exchange(self, who: Member, deposits: Iterable[bytes] = (), releases: Iterable[bytes] = ()) -> Said:
        """Exchange in good order."""
        body = frame.pack_parcels([b"".join(releases), *deposits])
        return understood(self.send(body, self.headers(who, body)))


def _headers(changes: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): text for name, text in changes.items()}
