"""The desk's API: nothing without the token, every route, and errors as codes."""

import json
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from app.domain.errors import RelayUnreachable
from app.domain.terms import Channel
from sync.central.api import application
from tests.central.forger import new_id
from tests.town import Town

ROUTES = [
    ("GET", "/v1/villages"),
    ("GET", "/v1/batches"),
    ("GET", "/v1/lines"),
    ("GET", "/v1/findings"),
    ("POST", "/v1/accept-clean"),
    ("POST", f"/v1/entries/{bytes(16).hex()}/accept"),
    ("POST", f"/v1/entries/{bytes(16).hex()}/dispute"),
    ("POST", "/v1/exchange"),
]


def _arrived(town: Town, *, paid: bool = True) -> bytes:
    """Return an entry that lies at the centre undecided."""
    done = town.village.register()
    if paid:
        town.village.pay(done.entry)
    town.village.exchange()
    town.centre_exchange()
    return done.entry


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize("token", [None, "", "Bearer ", "Bearer 00", "Basic 00", "Bearer ключ"])
def test_without_the_right_token_nothing_is_said(
    town: Town, desk: TestClient, method: str, path: str, token: str | None
) -> None:
    desk.headers.pop("Authorization")
    headers = {} if token is None else {"Authorization": token.encode()}
    reply = desk.request(method, path, headers=headers)  # octets, as a browser sends them
    assert (reply.status_code, reply.json()) == (401, {"error": "unauthorized"})
    assert town.centre.secrets.desk_token not in reply.text


def test_that_the_service_lives_is_no_secret(desk: TestClient) -> None:
    desk.headers.pop("Authorization")
    assert desk.get("/healthz").json() == {"ok": True}


def test_villages_are_listed_with_what_they_hold_and_when_they_came(town: Town, desk: TestClient) -> None:
    _arrived(town)
    [village] = desk.get("/v1/villages").json()
    assert village == {
        "station": town.village.store.identity.station.hex(),
        "name": "station 17",
        "last_contact": int(town.clock.now().timestamp()),
        "entries": 1,
        "receipts": 1,
        "waiting": 1,
        "facts": village["facts"],
        "revoked": False,
    }
    assert village["facts"] > 3


def test_batches_are_listed_with_totals_as_stated_and_as_recomputed(town: Town, desk: TestClient) -> None:
    _arrived(town)
    [batch] = desk.get("/v1/batches").json()
    assert (batch["village"], batch["number"], batch["state"], batch["code"]) == ("station 17", 1, "recorded", None)
    assert (batch["road"], batch["first"]) == ("relay", 1)
    assert batch["stated"] == batch["recomputed"]
    assert batch["stated"].startswith("1,1,")


def test_a_clean_line_and_one_with_a_missing_fee_are_told_apart(town: Town, desk: TestClient) -> None:
    clean, unpaid = _arrived(town), _arrived(town, paid=False)
    lines = {line["entry"]: line for line in desk.get("/v1/lines").json()}
    assert (lines[clean.hex()]["findings"], lines[clean.hex()]["proposed_reason"]) == ([], None)
    assert lines[clean.hex()]["number"] == "17-000001/16.11.2026"
    assert lines[unpaid.hex()]["findings"] == ["fee_missing"]
    assert lines[unpaid.hex()]["proposed_reason"] == "fee_missing"


def test_findings_name_what_was_set_aside(town: Town, desk: TestClient) -> None:
    assert desk.get("/v1/findings").json() == {"villages": [], "envelopes": []}
    taken = town.carry(b"not an envelope", town.centre_end())
    [shown] = desk.get("/v1/findings").json()["envelopes"]
    assert shown == {"envelope": taken.envelope.hex(), "state": "set_aside", "code": "truncated"}


def test_all_that_is_clean_is_accepted_at_a_stroke(town: Town, desk: TestClient) -> None:
    _arrived(town)
    unpaid = _arrived(town, paid=False)
    assert desk.post("/v1/accept-clean").json() == {"accepted": 1}
    assert desk.post("/v1/accept-clean").json() == {"accepted": 0}
    assert [line["entry"] for line in desk.get("/v1/lines").json()] == [unpaid.hex()]


def test_one_entry_is_accepted_once(town: Town, desk: TestClient) -> None:
    entry = _arrived(town, paid=False)
    first = desk.post(f"/v1/entries/{entry.hex()}/accept")
    assert (first.status_code, first.json()) == (200, {"central_number": "94-000001/16.11.2026"})
    again = desk.post(f"/v1/entries/{entry.hex()}/accept")
    assert (again.status_code, again.json()) == (409, {"error": "already_decided"})
    disputed = desk.post(f"/v1/entries/{entry.hex()}/dispute", json={"reason": "other"})
    assert (disputed.status_code, disputed.json()) == (409, {"error": "already_decided"})


def test_a_dispute_stands_with_its_reason_and_leaves_the_list(town: Town, desk: TestClient) -> None:
    entry = _arrived(town, paid=False)
    said = {"reason": "wrong_service", "note": "Услуга 2001"}
    assert desk.post(f"/v1/entries/{entry.hex()}/dispute", json=said).status_code == 200
    assert desk.get("/v1/lines").json() == []
    assert desk.post(f"/v1/entries/{entry.hex()}/accept").status_code == 200


@pytest.mark.parametrize("verb", ["accept", "dispute"])
@pytest.mark.parametrize("entry", [new_id("nobody's").hex(), "zz", "00", "00" * 17, "%F0%9F%90%95"])
def test_an_entry_that_is_not_there_is_404(desk: TestClient, verb: str, entry: str) -> None:
    reply = desk.post(f"/v1/entries/{entry}/{verb}", json={"reason": "other"})
    assert (reply.status_code, reply.json()) == (404, {"error": "unknown_entry"})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"reason":"because"}',
        b'{"reason":null}',
        b'{"reason":"other","note":7}',
        b'{"reason":"other","more":1}',
        b'{"reason":"other","note":"\xff"}',
        b'{"reason":"other","note":"\\ud800"}',
        b'{"reason":"other","note":"' + b"x" * 70_000 + b'"}',
        b"[" * 60_000,
    ],
)
def test_a_malformed_dispute_is_400_and_nothing_is_decided(town: Town, desk: TestClient, body: bytes) -> None:
    entry = _arrived(town)
    reply = desk.post(f"/v1/entries/{entry.hex()}/dispute", content=body)
    assert (reply.status_code, reply.json()) == (400, {"error": "malformed"})
    assert len(desk.get("/v1/lines").json()) == 1


def test_an_exchange_is_made_when_asked(town: Town, desk: TestClient) -> None:
    town.village.register(kind="signal", channel=Channel.POST, service=None, speed=None)
    town.village.exchange()
    assert desk.get("/v1/villages").json()[0]["entries"] == 0
    assert desk.post("/v1/exchange").status_code == 200
    assert desk.get("/v1/villages").json()[0]["entries"] == 1


def test_a_relay_out_of_reach_is_503_with_its_code(town: Town) -> None:
    def no_road() -> None:
        raise RelayUnreachable(why="ConnectionError")

    reply = _with(town, no_road).post("/v1/exchange")
    assert (reply.status_code, reply.json()) == (503, {"error": "relay_unreachable"})


def _with(town: Town, exchange_now: Callable[[], None]) -> TestClient:
    token = {"Authorization": f"Bearer {town.centre.secrets.desk_token}"}
    return TestClient(application(town.centre, town.docflow, exchange_now), headers=token)


def test_amounts_are_whole_cents(town: Town, desk: TestClient) -> None:
    _arrived(town)
    [line] = json.loads(desk.get("/v1/lines").content, parse_float=lambda _text: None)
    assert isinstance(line["fee_cents"], int)
