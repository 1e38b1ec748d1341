"""Who may speak to the relay, and how large, how fresh and how honest a request must be."""

import asyncio
import hashlib
from collections.abc import MutableMapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain.errors import RelayRefused
from sync import frame, signatures
from sync.relay.doorkeeper import CHALLENGE_LIFE, WINDOW
from sync.transport.relay import Participant, RelayLink
from tests.relay.office import (
    ADMISSION,
    EXCHANGE,
    MUNICIPALITY,
    START,
    Member,
    PostOffice,
    envelope,
    member,
    understood,
)
from tests.town import AppHttp, CountedRandomness, HandClock

NOTHING = frame.pack_parcels([b""])


def _status(office: PostOffice, name: str, text: str) -> int:
    """Return the answer to a request with one header changed."""
    headers = office.headers(office.mikrevo, NOTHING)
    return office.send(NOTHING, headers | {name: text}).status_code


# --- who ---------------------------------------------------------------------------------------------------------


def test_nobody_is_admitted_before_a_list_was_published(office: PostOffice) -> None:
    stranger = member("Микрево", "SML01")
    assert office.send(NOTHING, office.headers(stranger, NOTHING)).status_code == 403


def test_a_participant_that_the_list_does_not_name_is_refused(office: PostOffice) -> None:
    stranger = member("Раздол")
    assert office.send(NOTHING, office.headers(stranger, NOTHING)).status_code == 403


def test_a_request_signed_with_another_key_is_refused(office: PostOffice) -> None:
    thief = Member(MUNICIPALITY, office.mikrevo.id, office.ilindentsi.key)
    assert office.send(NOTHING, office.headers(thief, NOTHING)).status_code == 403


def test_a_signature_for_another_path_is_worth_nothing(office: PostOffice) -> None:
    headers = office.headers(office.mikrevo, NOTHING, path=ADMISSION)
    assert office.send(NOTHING, headers).status_code == 403


@pytest.mark.parametrize("name", ["tefter-time", "tefter-nonce", "tefter-digest"])
def test_no_signed_header_can_be_changed_afterwards(office: PostOffice, name: str) -> None:
    headers = office.headers(office.mikrevo, NOTHING)
    other = office.headers(office.mikrevo, b"", time=START - 1)
    assert office.send(NOTHING, headers | {name: other[name]}).status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        "tefter-municipality",
        "tefter-participant",
        "tefter-time",
        "tefter-nonce",
        "tefter-digest",
        "tefter-signature",
    ],
)
def test_a_missing_header_makes_no_request(office: PostOffice, name: str) -> None:
    headers = office.headers(office.mikrevo, NOTHING)
    del headers[name]
    assert office.send(NOTHING, headers).status_code == 400


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tefter-municipality", "BLG49BLG49"),
        ("tefter-municipality", "BLG-49"),
        ("tefter-municipality", ""),
        ("tefter-participant", "00" * 15),
        ("tefter-participant", "zz" * 16),
        ("tefter-time", "-1"),
        ("tefter-time", str(2**63)),
        ("tefter-time", "9" * 5_000),
        ("tefter-time", "noon"),
        ("tefter-nonce", "00" * 17),
        ("tefter-digest", "00" * 31),
        ("tefter-signature", "00" * 63),
    ],
)
def test_a_header_of_another_form_makes_no_request(office: PostOffice, name: str, text: str) -> None:
    assert _status(office, name, text) == 400


def test_a_refusal_is_signed_so_that_it_is_told_from_a_portal(office: PostOffice) -> None:
    reply = office.send(NOTHING, office.headers(member("Раздол"), NOTHING))
    said = bytes(16) + hashlib.sha256(b"").digest()
    signature = bytes.fromhex(reply.headers["tefter-signature"])
    assert signatures.verify(signatures.public_key(office.key), signatures.REPLY, said, signature)


# --- how large -----------------------------------------------------------------------------------------------------


def _posted(
    office: PostOffice, headers: dict[str, str], *, method: str = "POST", path: str = EXCHANGE
) -> tuple[int, bool]:
    """Return (status, whether the body was asked for) of a request whose body must not be read."""
    asked = False
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        nonlocal asked
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": [(name.encode(), text.encode()) for name, text in headers.items()],
    }
    asyncio.run(office.app(scope, receive, send))
    return sent[0]["status"], asked


@pytest.mark.parametrize("length", [str(frame.MAX_REQUEST + 1), "9" * 20, "9" * 5_000])
def test_a_body_that_is_too_long_is_refused_before_it_is_read(office: PostOffice, length: str) -> None:
    headers = office.headers(office.mikrevo, NOTHING) | {"content-length": length}
    assert _posted(office, headers) == (413, False)


@pytest.mark.parametrize("length", [None, "", "-1", "many", "1e3", "²"])
def test_a_body_without_its_length_is_not_read(office: PostOffice, length: str | None) -> None:
    headers = office.headers(office.mikrevo, NOTHING)
    if length is not None:
        headers["content-length"] = length
    assert _posted(office, headers) == (411, False)


@pytest.mark.parametrize(("length", "status"), [(None, 411), (str(frame.MAX_REQUEST + 1), 413), ("9" * 5_000, 413)])
def test_a_list_is_measured_before_it_is_read_too(office: PostOffice, length: str | None, status: int) -> None:
    headers = {"tefter-municipality": MUNICIPALITY, "tefter-digest": "00" * 32, "tefter-nonce": "00" * 16}
    if length is not None:
        headers["content-length"] = length
    assert _posted(office, headers, method="PUT", path=ADMISSION) == (status, False)


def test_nothing_of_a_strangers_body_is_read(office: PostOffice) -> None:
    headers = office.headers(member("Раздол"), NOTHING) | {"content-length": "100"}
    assert _posted(office, headers) == (403, False)


def test_a_body_longer_than_it_said_is_cut_off_at_the_limit(office: PostOffice) -> None:
    pieces = 0

    async def receive() -> dict[str, Any]:
        nonlocal pieces
        pieces += 1
        return {"type": "http.request", "body": bytes(65_536), "more_body": True}

    sent: list[Any] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    headers = office.headers(office.mikrevo, NOTHING) | {"content-length": "10"}
    scope = {
        "type": "http",
        "method": "POST",
        "path": EXCHANGE,
        "query_string": b"",
        "headers": [(name.encode(), text.encode()) for name, text in headers.items()],
    }
    asyncio.run(office.app(scope, receive, send))
    assert sent[0]["status"] == 413
    assert pieces <= frame.MAX_REQUEST // 65_536 + 1


# --- how honest ------------------------------------------------------------------------------------------------------


def test_a_body_that_is_not_what_was_signed_is_refused(office: PostOffice) -> None:
    sent = envelope(office.mikrevo, office.centre)
    body = frame.pack_parcels([b"", sent])
    other = frame.pack_parcels([b"", envelope(office.mikrevo, office.centre, 2)])
    assert office.send(other, office.headers(office.mikrevo, body)).status_code == 400
    assert office.store.counts() == (0, 0)


def test_nobody_deposits_in_anothers_name(office: PostOffice) -> None:
    body = frame.pack_parcels([b"", envelope(office.ilindentsi, office.centre)])
    assert office.send(body, office.headers(office.mikrevo, body)).status_code == 400
    assert office.store.counts() == (0, 0)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0\0\0",
        b"\0\0\0\5abc",
        frame.pack_parcels([bytes(31)]),
        frame.pack_parcels([b"", b""]),
        frame.pack_parcels([b"", b"TFT1" + bytes(500)]),
        frame.pack_parcels([b"", bytes(frame.MAX_ENVELOPE + 1)]),
    ],
)
def test_a_body_of_another_form_is_refused_whole(office: PostOffice, body: bytes) -> None:
    assert office.send(body, office.headers(office.mikrevo, body)).status_code == 400
    assert office.store.counts() == (0, 0)


def test_one_bad_envelope_refuses_the_good_one_beside_it(office: PostOffice) -> None:
    good = envelope(office.mikrevo, office.centre)
    body = frame.pack_parcels([b"", good, good[:-1]])
    assert office.send(body, office.headers(office.mikrevo, body)).status_code == 400
    assert office.store.counts() == (0, 0)


def test_a_number_that_no_store_can_count_is_no_envelope(office: PostOffice) -> None:
    header = frame.parse(envelope(office.mikrevo, office.centre)).header._replace(number=2**63)
    sent = frame.pack_header(header, 1_136) + bytes(1_136 + frame.SIGNATURE_BYTES)
    body = frame.pack_parcels([b"", sent])
    assert office.send(body, office.headers(office.mikrevo, body)).status_code == 400


@pytest.mark.parametrize(("method", "path"), [("GET", EXCHANGE), ("POST", ADMISSION), ("PUT", "/healthz")])
def test_every_address_has_its_one_verb(office: PostOffice, method: str, path: str) -> None:
    assert office.client.request(method, path).status_code == 405


# --- how fresh -------------------------------------------------------------------------------------------------------


def test_a_request_is_good_once(office: PostOffice) -> None:
    headers = office.headers(office.mikrevo, NOTHING)
    assert office.send(NOTHING, headers).status_code == 200
    assert office.send(NOTHING, headers).status_code == 401


def test_a_request_of_before_the_restart_is_not_good_again(office: PostOffice) -> None:
    headers = office.headers(office.mikrevo, NOTHING)
    assert office.send(NOTHING, headers).status_code == 200
    office.restart()
    assert office.send(NOTHING, headers).status_code == 401


@pytest.mark.parametrize("off", [WINDOW + 1, -WINDOW - 1, -START, 10**12])
def test_a_clock_in_doubt_is_challenged_once_and_then_admitted(office: PostOffice, off: int) -> None:
    office.now += 10 * WINDOW
    doubted = office.send(NOTHING, office.headers(office.mikrevo, NOTHING, time=office.now + off))
    assert doubted.status_code == 401
    assert int(doubted.headers["tefter-time"]) == office.now
    nonce = bytes.fromhex(doubted.headers["tefter-nonce"])
    answered = office.headers(office.mikrevo, NOTHING, nonce=nonce, time=office.now)
    assert office.send(NOTHING, answered).status_code == 200
    assert office.send(NOTHING, answered).status_code == 401


def test_a_time_within_the_window_is_not_doubted(office: PostOffice) -> None:
    office.now += 10 * WINDOW
    for off in (-WINDOW, 0, WINDOW):
        understood(office.send(NOTHING, office.headers(office.mikrevo, NOTHING, time=office.now + off)))


def test_a_challenge_is_good_for_its_own_participant_only_and_not_for_long(office: PostOffice) -> None:
    far = START + 10**6
    nonce = bytes.fromhex(
        office.send(NOTHING, office.headers(office.mikrevo, NOTHING, time=far)).headers["tefter-nonce"]
    )
    of_another = office.headers(office.ilindentsi, NOTHING, nonce=nonce, time=far)
    assert office.send(NOTHING, of_another).status_code == 401
    office.now += CHALLENGE_LIFE + 1
    too_late = office.headers(office.mikrevo, NOTHING, nonce=nonce, time=far)
    assert office.send(NOTHING, too_late).status_code == 401


def _link(office: PostOffice, years_off: int) -> RelayLink:
    clock = HandClock(datetime.fromtimestamp(office.now, UTC) + timedelta(days=365 * years_off))
    who = Participant(MUNICIPALITY, office.mikrevo.id, office.mikrevo.key)
    http = AppHttp(office.client)
    return RelayLink(http, "http://relay", signatures.public_key(office.key), who, clock, CountedRandomness("Микрево"))


def test_a_station_whose_clock_is_years_off_exchanges_several_times_a_second(office: PostOffice) -> None:
    """It was told „not recognised": two challenges of the same second were the same nonce."""
    link = _link(office, years_off=-10)
    for number in (1, 2, 3):
        sent = envelope(office.mikrevo, office.centre, number)
        assert [one.envelope for one in link.exchange([sent], []).receipts] == [frame.envelope_id(sent)]
    assert office.store.counts() == (3, 3)


def test_a_station_that_is_not_listed_hears_that_it_was_refused(office: PostOffice) -> None:
    assert office.admit(2, [office.centre]).status_code == 200
    with pytest.raises(RelayRefused) as refused:
        _link(office, years_off=0).exchange([], [])
    assert refused.value.facts == {"status": 403}
