"""Write the golden vectors: ``python -m tests.make_vectors`` makes ``tests/vectors/*.json`` again.

Everything in them follows from literal values, except what HPKE seals: it is random, so an envelope that still opens
to what it must is kept as it is. A vector that changes here without a new version of its format is a broken promise
to every journal and envelope already written.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import zstandard

from app.domain import canonical
from app.store import head_slot
from sync import batch, enrolment, envelope, frame, messages, signatures
from tests.unit.domain import samples
from tests.unit.sync import parts

FOLDER = Path(__file__).resolve().parent / "vectors"

REQUEST_NONCE = parts.octets("nonce", 16)
REQUEST_BODY = frame.pack_parcels([b"", b"envelope"])


def facts() -> dict[str, Any]:
    """Return the canonical bytes and chain digests of one fact of every kind."""
    previous = samples.GENESIS
    rows = []
    for fact in samples.FACTS:
        written = canonical.encode(fact)
        previous = canonical.digest(previous, written)
        rows.append(
            {
                "sequence": fact.sequence,
                "kind": fact.kind,
                "version": fact.version,
                "canonical": written.hex(),
                "digest": previous.hex(),
            }
        )
    return {
        "station": samples.STATION.hex(),
        "epoch": samples.EPOCH.hex(),
        "enrolment": samples.ENROLMENT.hex(),
        "genesis": samples.GENESIS.hex(),
        "facts": rows,
    }


def keys() -> dict[str, str]:
    """Return the fixed keys of both ends."""
    receiving = {"station": parts.STATION_RECEIVING, "centre": parts.CENTRE_RECEIVING}
    signing = {"station": parts.STATION_SIGNING, "centre": parts.CENTRE_SIGNING, "relay": parts.RELAY_SIGNING}
    made = {}
    for who, private in signing.items():
        made[f"{who}_signing_private"] = private.hex()
        made[f"{who}_signing_public"] = signatures.public_key(private).hex()
    for who, private in receiving.items():
        public = envelope.public_key(private)
        made[f"{who}_receiving_private"] = private.hex()
        made[f"{who}_receiving_public"] = public.hex()
        made[f"{who}_key_id"] = envelope.key_id(envelope.XWING, public).hex()
    return made


def _signed(private: bytes, label: bytes, statement: bytes) -> dict[str, str]:
    signature = signatures.sign(private, label, statement)
    return {"label": label.decode(), "statement": statement.hex(), "signature": signature.hex()}


def statements() -> dict[str, Any]:
    """Return everything that is signed, with its signature."""
    first = parts.acknowledgement()
    said = messages.acknowledgement_statement(first.kind, first.stream, first.number, first.sequence, first.digest)
    request = frame.RequestHeaders(
        parts.MUNICIPALITY,
        parts.STATION,
        parts.SEALED_AT,
        REQUEST_NONCE,
        hashlib.sha256(REQUEST_BODY).digest(),
    )
    station = (parts.STATION, signatures.public_key(parts.STATION_SIGNING))
    centre = (parts.CENTRE, signatures.public_key(parts.CENTRE_SIGNING))
    admission = frame.pack_admission(parts.MUNICIPALITY, 7, [centre, station])
    head = parts.UP_FACTS[-1]
    slot = head_slot.statement(parts.STATION, parts.EPOCH, head.sequence, head.digest)
    asked = frame.request_statement("POST", "/v1/exchange", request)
    return {
        "acknowledgement": _signed(parts.CENTRE_SIGNING, signatures.ACK, said),
        "request": _signed(parts.STATION_SIGNING, signatures.REQUEST, asked),
        "admission": _signed(parts.CENTRE_SIGNING, signatures.SET, admission),
        "head": _signed(parts.STATION_SIGNING, signatures.HEAD, slot),
        "reply": _signed(parts.STATION_SIGNING, signatures.ENROLMENT, parts.reply().statement()),
    }


def enrolled() -> dict[str, str]:
    """Return the enrolment of the station: both files, their digest and the code."""
    reply = parts.reply()
    return {
        "file": parts.ENROLMENT_FILE.hex(),
        "digest": enrolment.digest(parts.ENROLMENT_FILE).hex(),
        "reply": enrolment.encode(reply).hex(),
        "code": enrolment.code(parts.ENROLMENT_FILE, reply.signing_key, reply.receiving_key),
        "up_genesis": parts.UP_GENESIS.hex(),
        "down_genesis": parts.DOWN_GENESIS.hex(),
    }


def seal_up() -> bytes:
    """Return the station's first batch, freshly sealed."""
    (sealed,) = batch.seal_all(parts.UP_FACTS, parts.UP_GENESIS, parts.cover())
    return sealed.octets


def seal_down() -> bytes:
    """Return the centre's first batch of answers, freshly sealed."""
    (sealed,) = batch.seal_all(parts.DOWN_FACTS, parts.DOWN_GENESIS, parts.cover_down())
    return sealed.octets


def seal_letter() -> bytes:
    """Return the centre's first letter, freshly sealed."""
    header = parts.header_down(content=frame.LETTER)
    packed = batch.pack_bound(parts.letter(), header)
    return envelope.seal(header, packed, parts.STATION_PUBLIC, parts.CENTRE_SIGNING)


ENVELOPES: dict[str, tuple[Callable[[], bytes], envelope.Keyring]] = {
    "up_batch": (seal_up, parts.StationsKeyring()),
    "down_batch": (seal_down, parts.VILLAGE_KEYRING),
    "down_letter": (seal_letter, parts.VILLAGE_KEYRING),
}
"""Name → (how it is sealed, which keyring opens it)."""


def described(octets: bytes, keyring: envelope.Keyring) -> dict[str, str]:
    """Return an envelope with all that opening gives."""
    opened = envelope.open_(octets, keyring)
    plaintext = messages.encode(opened.message)
    taken_apart = frame.parse(octets)
    return {
        "outer": taken_apart.outer.hex(),
        "outer_digest": hashlib.sha256(taken_apart.outer).hexdigest(),
        "plaintext": plaintext.hex(),
        "packed": envelope.pack(plaintext).hex(),
        "signature": taken_apart.signature.hex(),
        "id": opened.envelope.hex(),
        "envelope": octets.hex(),
    }


def envelopes(old: dict[str, Any]) -> dict[str, Any]:
    """Return one envelope of each type; the old one where it holds the same plaintext."""
    made = {}
    for name, (seal, keyring) in ENVELOPES.items():
        fresh = described(seal(), keyring)
        kept = old.get(name)
        made[name] = kept if kept and kept["plaintext"] == fresh["plaintext"] else fresh
    return made


def main() -> None:
    """Write both files."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / "envelope.json"
    old = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    road = {
        "municipality": parts.MUNICIPALITY,
        "zstd": ".".join(map(str, zstandard.ZSTD_VERSION)),
        "keys": keys(),
        "enrolment": enrolled(),
        "statements": statements(),
        "envelopes": envelopes(old.get("envelopes", {})),
    }
    for name, content in {"facts.json": facts(), "envelope.json": road}.items():
        text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
