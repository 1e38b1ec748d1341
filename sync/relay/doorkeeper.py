"""Who may speak to the relay: requests signed by participants that their centre listed.

Requests need no clock agreement. One whose time is near the relay's own is taken once per nonce; any other is
answered with the relay's time and a nonce of its making, which is good for one try.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import NamedTuple

from sync import frame, signatures

WINDOW = 300
CHALLENGE_LIFE = 60
_TIME_OCTETS = 5
_SALT_OCTETS = 3
_MAC_OCTETS = 8


class Refusal(Exception):
    """A request that is not admitted: HTTP status, and a challenge where the time was in doubt."""

    def __init__(self, status: int, challenge: bytes | None = None) -> None:
        super().__init__(status)
        self.status = status
        self.challenge = challenge


class Doorkeeper:
    """Checks requests before their body is read."""

    def __init__(
        self, admission: Callable[[str], bytes | None], now: Callable[[], int], random: Callable[[int], bytes]
    ) -> None:
        self._admission = admission
        self._now = now
        self._random = random
        self._secret = random(32)
        self._started = now()
        self._nonces: dict[bytes, int] = {}
        self._lists: dict[str, tuple[bytes, dict[bytes, bytes]]] = {}

    def admit(self, method: str, path: str, headers: Mapping[str, str]) -> frame.RequestHeaders:
        """Return what a request says of itself, checked.

        Raises:
            Refusal: 400 not of the form, 403 unknown or wrongly signed, 401 time in doubt (with a challenge).

        """
        try:
            said, signature = _parse(headers)
        except (KeyError, ValueError) as error:
            raise Refusal(400) from error
        key = self._participants(said.municipality).get(said.participant)
        statement = frame.request_statement(method, path, said)
        if key is None or not signatures.verify(key, signatures.REQUEST, statement, signature):
            raise Refusal(403)
        self._require_fresh(said)
        return said

    def _participants(self, municipality: str) -> dict[bytes, bytes]:
        signed = self._admission(municipality)
        if signed is None:
            return {}
        cached = self._lists.get(municipality)
        if cached is None or cached[0] != signed:
            _, _, participants = frame.parse_admission(signed[: -frame.SIGNATURE_BYTES])
            cached = self._lists[municipality] = (signed, participants)
        return cached[1]

    def _require_fresh(self, said: frame.RequestHeaders) -> None:
        now = self._now()
        self._nonces = {nonce: until for nonce, until in self._nonces.items() if until >= now}
        ours = self._is_challenge(said, now)
        near = abs(now - said.time) <= WINDOW and said.time >= self._started
        if said.nonce in self._nonces or not (ours or near):
            stamp = now.to_bytes(_TIME_OCTETS, "big") + self._random(_SALT_OCTETS)
            raise Refusal(401, self._challenge(said.participant, stamp))
        self._nonces[said.nonce] = now + 2 * WINDOW

    def _challenge(self, participant: bytes, stamp: bytes) -> bytes:
        """Return the nonce over a stamp: time, and salt, so that several a second are several."""
        mac = hmac.new(self._secret, participant + stamp, hashlib.sha256).digest()
        return stamp + mac[:_MAC_OCTETS]

    def _is_challenge(self, said: frame.RequestHeaders, now: int) -> bool:
        made = int.from_bytes(said.nonce[:_TIME_OCTETS], "big")
        stamp = said.nonce[: _TIME_OCTETS + _SALT_OCTETS]
        genuine = hmac.compare_digest(said.nonce, self._challenge(said.participant, stamp))
        return genuine and 0 <= now - made <= CHALLENGE_LIFE


def _parse(headers: Mapping[str, str]) -> tuple[frame.RequestHeaders, bytes]:
    said = frame.RequestHeaders(
        municipality=headers["tefter-municipality"],
        participant=_octets(headers["tefter-participant"], 16),
        time=int(headers["tefter-time"]),
        nonce=_octets(headers["tefter-nonce"], 16),
        digest=_octets(headers["tefter-digest"], 32),
    )
    if not (said.municipality.isascii() and said.municipality.isalnum() and len(said.municipality) <= 8):  # noqa: PLR2004
        raise ValueError
    if not 0 <= said.time < 2**63:
        raise ValueError
    return said, _octets(headers["tefter-signature"], 64)


def _octets(text: str, length: int) -> bytes:
    octets = bytes.fromhex(text)
    if len(octets) != length:
        raise ValueError
    return octets


class Trust(NamedTuple):
    """Which centre signs for a municipality: set by the operator."""

    municipality: str
    signing_key: bytes

    def has_signed(self, signed_list: bytes) -> bool:
        """Return whether this centre signed a list."""
        octets, signature = signed_list[: -frame.SIGNATURE_BYTES], signed_list[-frame.SIGNATURE_BYTES :]
        return signatures.verify(self.signing_key, signatures.SET, octets, signature)

    def accepts(self, signed_list: bytes) -> tuple[int, dict[bytes, bytes]]:
        """Return (version, participants) of a list that this centre signed.

        Raises:
            Refusal: it did not.

        """
        if not self.has_signed(signed_list):
            raise Refusal(403)
        try:
            municipality, version, participants = frame.parse_admission(signed_list[: -frame.SIGNATURE_BYTES])
        except frame.FrameError as error:
            raise Refusal(400) from error
        if municipality != self.municipality:
            raise Refusal(403)
        return version, participants
