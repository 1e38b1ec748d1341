"""Vectors that others published, against the library in use: Ed25519, AES-GCM, HKDF, X25519, HPKE."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sync import envelope, signatures
from tests.unit.sync import by_hand, parts

FACTS = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "vectors"
needs_vectors = pytest.mark.skipif(not FACTS.is_dir(), reason="the published vectors are not at hand")


def load(*path: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return a file of published vectors."""
    return json.loads(FACTS.joinpath(*path).read_text(encoding="utf-8"))


def wycheproof(name: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Return (group, test) for every vector of a wycheproof file."""
    for group in load("wycheproof", f"{name}_test.json")["testGroups"]:
        for one in group["tests"]:
            yield group, one


@needs_vectors
def test_ed25519_of_wycheproof() -> None:
    seen: Counter[str] = Counter()
    for group, one in wycheproof("ed25519"):
        public, message, signature = (
            bytes.fromhex(text) for text in (group["publicKey"]["pk"], one["msg"], one["sig"])
        )
        assert signatures.verify(public, b"", message, signature) is (one["result"] == "valid"), one["tcId"]
        seen[one["result"]] += 1
    assert seen == {"valid": 88, "invalid": 63}


@needs_vectors
def test_aes_gcm_of_wycheproof_with_nonces_as_we_use_them() -> None:
    seen: Counter[str] = Counter()
    for group, one in wycheproof("aes_gcm"):
        if group["ivSize"] != 96:
            continue
        key, nonce, aad, plain, sealed, tag = (
            bytes.fromhex(one[name]) for name in ("key", "iv", "aad", "msg", "ct", "tag")
        )
        try:
            opened: bytes | None = AESGCM(key).decrypt(nonce, sealed + tag, aad)
        except InvalidTag:
            opened = None
        if one["result"] == "valid":
            assert opened == plain, one["tcId"]
            assert AESGCM(key).encrypt(nonce, plain, aad) == sealed + tag, one["tcId"]
        else:
            assert opened is None, one["tcId"]
        seen[one["result"]] += 1
    assert min(seen["valid"], seen["invalid"]) > 30


@needs_vectors
def test_hkdf_of_wycheproof() -> None:
    seen: Counter[str] = Counter()
    for _, one in wycheproof("hkdf_sha256"):
        key, salt, info = (bytes.fromhex(one[name]) for name in ("ikm", "salt", "info"))
        try:
            made: str | None = HKDF(hashes.SHA256(), one["size"], salt, info).derive(key).hex()
        except ValueError:
            made = None
        assert (made == one["okm"]) is (one["result"] == "valid"), one["tcId"]
        if one["result"] == "valid":
            assert by_hand.expand(by_hand.extract(salt, key), info, one["size"]).hex() == one["okm"]
        seen[one["result"]] += 1
    assert seen == {"valid": 83, "invalid": 3}


@needs_vectors
def test_x25519_of_wycheproof_and_no_secret_of_noughts() -> None:
    refused = 0
    for _, one in wycheproof("x25519"):
        private = X25519PrivateKey.from_private_bytes(bytes.fromhex(one["private"]))
        public = X25519PublicKey.from_public_bytes(bytes.fromhex(one["public"]))
        try:
            shared: str | None = private.exchange(public).hex()
        except ValueError:
            shared = None
            refused += 1
        assert shared == one["shared"] or (shared is None and one["result"] == "acceptable"), one["tcId"]
        assert (shared is None) is (one["shared"] == "00" * 32), one["tcId"]
    assert refused > 0


@needs_vectors
def test_hpke_of_rfc_9180_by_hand() -> None:
    modes = []
    for one in load("hpke", "rfc9180_x25519_sha256_base_auth.json"):
        octets = {name: bytes.fromhex(text) for name, text in one.items() if isinstance(text, str)}
        enc, private = octets["enc"], octets["skRm"]
        secret, context = by_hand.dh(private, enc), enc + octets["pkRm"]
        if one["mode"] == by_hand.AUTH:
            secret, context = secret + by_hand.dh(private, octets["pkSm"]), context + octets["pkSm"]
        shared = by_hand.kem_secret(secret, context)
        made = by_hand.schedule(one["mode"], one["kem_id"], one["aead_id"], shared, octets["info"])
        assert shared == octets["shared_secret"]
        assert (made.key, made.base_nonce, made.exporter) == (
            octets["key"],
            octets["base_nonce"],
            octets["exporter_secret"],
        )
        for sequence, sealed in enumerate(one["encryptions"]):
            nonce, aad, plain, ciphertext = (bytes.fromhex(sealed[name]) for name in ("nonce", "aad", "pt", "ct"))
            assert made.nonce(sequence) == nonce
            assert made.cipher().decrypt(nonce, ciphertext, aad) == plain
        for exported in one["exports"]:
            context, length = bytes.fromhex(exported["exporter_context"]), exported["L"]
            assert made.export(context, length).hex() == exported["exported_value"]
        modes.append((one["mode"], one["aead_id"]))
    assert sorted(modes) == [(0, 2), (0, 3), (2, 2), (2, 3)]


@pytest.mark.parametrize(
    ("aead", "number"),
    [(AEAD.AES_256_GCM, by_hand.AES_256_GCM), (AEAD.CHACHA20_POLY1305, by_hand.CHACHA20_POLY1305)],
)
def test_the_library_seals_and_opens_as_the_rfc_by_hand(aead: AEAD, number: int) -> None:
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, aead)
    private = parts.octets("hpke", 32)
    public = by_hand.public_of(private)
    sealed = suite.encrypt(b"plaintext", X25519PublicKey.from_public_bytes(public), b"info")
    enc, ciphertext = sealed[:32], sealed[32:]
    shared = by_hand.kem_secret(by_hand.dh(private, enc), enc + public)
    made = by_hand.schedule(by_hand.BASE, by_hand.X25519_KEM, number, shared, b"info")
    assert made.cipher().decrypt(made.nonce(0), ciphertext, b"") == b"plaintext"

    ephemeral = parts.octets("ephemeral", 32)
    enc = by_hand.public_of(ephemeral)
    shared = by_hand.kem_secret(by_hand.dh(ephemeral, public), enc + public)
    made = by_hand.schedule(by_hand.BASE, by_hand.X25519_KEM, number, shared, b"info")
    ours = enc + made.cipher().encrypt(made.nonce(0), b"plaintext", b"")
    assert suite.decrypt(ours, X25519PrivateKey.from_private_bytes(private), b"info") == b"plaintext"


def test_what_suite_one_seals_opens_by_hand() -> None:
    sealed = envelope.seal_small(b"plaintext", parts.CENTRE_PUBLIC, b"info")
    assert len(sealed) == len(b"plaintext") + envelope.SEALED_OVERHEAD
    assert by_hand.open_xwing(sealed, parts.CENTRE_RECEIVING, b"info") == b"plaintext"
    with pytest.raises(InvalidTag):
        by_hand.open_xwing(sealed, parts.CENTRE_RECEIVING, b"other")


@needs_vectors
def test_the_decisions_about_odd_ed25519_signatures_are_the_ones_we_know() -> None:
    """A verifier may take or refuse most of these; a new library must not change its mind unseen."""
    vectors = load("cctv", "ed25519vectors.json")
    decisions = [
        signatures.verify(bytes.fromhex(one["key"]), b"", one["msg"].encode(), bytes.fromhex(one["sig"]))
        for one in vectors
    ]
    assert (len(vectors), sum(decisions)) == (914, 208)
    table = hashlib.sha256(bytes(decisions)).hexdigest()
    assert table == "d205dd8a030648443106a7e5babf488cdd44314f5789d4c15d4a48de760ecba9"
    for one, accepted in zip(vectors, decisions, strict=True):
        flags = set(one["flags"] or ())
        assert not (accepted and flags & {"non_canonical_R", "low_order_residue"}), one["number"]


@needs_vectors
def test_no_odd_key_of_the_published_ones_can_be_enrolled() -> None:
    odd = 0
    for one in load("cctv", "ed25519vectors.json"):
        flags = set(one["flags"] or ())
        if flags & {"low_order_A", "non_canonical_A"}:
            odd += 1
            assert not signatures.is_acceptable(bytes.fromhex(one["key"])), one["number"]
    assert odd > 100
