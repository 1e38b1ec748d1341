"""The desk's client against the real service on a real socket of this machine: every route, every kind of failure."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from app.domain.errors import (
    AlreadyDecided,
    DeskRefused,
    DeskUnreachable,
    LineChanged,
    ReasonRequired,
    RelayUnreachable,
    TefterError,
    UnknownBatch,
    UnknownEntry,
    UnknownReceipt,
    UnknownStation,
)
from app.domain.terms import DisputeReason, TownState, VillageState
from app.ui.central_desk.client import DeskClient, errors_by_code
from sync.central import decisions
from sync.central.api import Centre, application
from tests.central.serving import TownRoad, serving
from tests.town import Town

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
NOBODY = bytes(16).hex()


@pytest.fixture
def road(town: Town) -> TownRoad:
    """The centre's road to the relay."""
    return TownRoad(town)


@pytest.fixture
def address(town: Town, road: TownRoad) -> Iterator[str]:
    """The real service's address."""
    with serving(application(Centre(town.centre, town.docflow, town.lists, road))) as url:
        yield url


@pytest.fixture
def client(town: Town, address: str) -> Iterator[DeskClient]:
    """A desk."""
    with closing(DeskClient(address, town.centre.secrets.desk_token)) as made:
        yield made


def _arrived(town: Town, *, paid: bool = True) -> bytes:
    done = town.village.register()
    if paid:
        town.village.pay(done.entry)
    town.village.exchange()
    town.centre_exchange()
    return done.entry


# --- every route ---------------------------------------------------------------------------------


def test_every_route_is_read_strictly_and_says_what_the_centre_holds(town: Town, client: DeskClient) -> None:
    entry, unpaid = _arrived(town), _arrived(town, paid=False)
    town.carry(b"not an envelope", town.centre_end())
    assert (client.office().entries, client.office().not_recorded) == (2, 1)
    [village] = client.villages().villages
    assert (village.state, village.waiting.clean, village.waiting.person) == (VillageState.WAITS, 1, 1)
    assert [one.code for one in client.findings().envelopes] == ["truncated"]
    batches = client.batches(station=village.station, limit=1)
    assert ([one.number for one in batches.batches], batches.before is None) == ([2], False)
    assert client.batch(batches.batches[0].envelope).lines[-1].kind == "EntryRegistered"
    assert [one.number for one in client.batches(village.station, batches.before).batches] == [1]
    [row] = client.entries(village.station, TownState.NEW, "17-1").entries
    assert client.entry(row.entry).row == row
    [receipt] = client.receipts(village.station).receipts
    assert client.receipt(receipt.receipt, identifiers=True).lines[0].entry == row.entry
    lines = client.lines(village.station, clean=False)
    assert [line.row.entry for line in lines.lines] == [unpaid.hex()]
    assert client.accept_clean(lines.seen, village.station).accepted == 1
    client.dispute(unpaid.hex(), DisputeReason.FEE_MISSING, "", lines.seen)
    assert client.entry(entry.hex()).row.town is TownState.ACCEPTED
    assert client.accept(unpaid.hex(), client.lines().seen) == "94-000002/16.11.2026"


def test_an_exchange_takes_what_waits_at_the_relay(town: Town, client: DeskClient) -> None:
    town.village.register()
    town.village.exchange()
    before = client.office()
    client.exchange()
    assert (before.entries, client.office().entries) == (0, 1)
    assert before.revision != client.office().revision


# --- what the centre refuses ---------------------------------------------------------------------------------


def test_what_is_not_there_is_the_error_that_the_centre_raised(client: DeskClient) -> None:
    with pytest.raises(UnknownEntry):
        client.entry(NOBODY)
    with pytest.raises(UnknownReceipt):
        client.receipt(NOBODY)
    with pytest.raises(UnknownBatch):
        client.batch(NOBODY)
    with pytest.raises(UnknownStation):
        client.lines(NOBODY)


def test_who_decides_too_late_is_told_what_happened(town: Town, client: DeskClient) -> None:
    decided, changed = _arrived(town, paid=False), _arrived(town, paid=False)
    seen = client.lines().seen
    decisions.dispute(town.centre, decided, DisputeReason.FEE_MISSING, "", 1)
    town.village.annul(changed)
    town.village.exchange()
    town.centre_exchange()
    with pytest.raises(AlreadyDecided):
        client.accept(decided.hex(), seen)
    with pytest.raises(LineChanged):
        client.dispute(changed.hex(), DisputeReason.FEE_MISSING, "", seen)


def test_another_reason_needs_its_note(town: Town, client: DeskClient) -> None:
    with pytest.raises(ReasonRequired):
        client.dispute(_arrived(town).hex(), DisputeReason.OTHER, "", client.lines().seen)


def test_what_the_centre_met_on_its_road_comes_back_with_its_facts(road: TownRoad, client: DeskClient) -> None:
    road.away = True
    with pytest.raises(RelayUnreachable) as met:
        client.exchange()
    assert met.value.facts == {"why": "ConnectionError"}


def test_two_desks_decide_one_line_at_once_and_one_of_them_is_told(town: Town, address: str) -> None:
    entry = _arrived(town, paid=False).hex()
    together = threading.Barrier(2)

    def decide(reason: DisputeReason) -> str:
        with closing(DeskClient(address, town.centre.secrets.desk_token)) as desk:
            seen = desk.lines().seen
            together.wait(30)
            try:
                desk.dispute(entry, reason, "", seen)
            except AlreadyDecided as late:
                return late.code
        return reason

    with ThreadPoolExecutor(2) as desks:
        told = list(desks.map(decide, (DisputeReason.FEE_MISSING, DisputeReason.WRONG_BODY)))
    assert told.count("already_decided") == 1
    with closing(DeskClient(address, town.centre.secrets.desk_token)) as desk:
        assert desk.entry(entry).row.dispute_reason in told


# --- what stands between ---------------------------------------------------------------------------------


def test_another_token_is_refused(address: str) -> None:
    with closing(DeskClient(address, "00" * 24)) as stranger, pytest.raises(DeskRefused) as refused:
        stranger.office()
    assert refused.value.facts == {"status": 401}


def test_a_question_that_this_centre_does_not_know_is_a_desk_of_another_version(client: DeskClient) -> None:
    with pytest.raises(DeskRefused) as refused:
        client.entries(limit=100_000)
    assert refused.value.facts == {"status": 400}


def test_where_nobody_listens_the_desk_says_so(town: Town) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with closing(DeskClient(f"http://127.0.0.1:{port}", town.centre.secrets.desk_token)) as client:
        with pytest.raises(DeskUnreachable):
            client.office()
        app = application(Centre(town.centre, town.docflow, town.lists, TownRoad(town)))
        with serving(app, port):
            assert client.office().name == "Струмяни"
        with pytest.raises(DeskUnreachable):
            client.office()
        with serving(app, port):
            assert client.office().name == "Струмяни"


def test_a_service_that_never_answers_is_waited_for_no_longer_than_said() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as mute,
        closing(DeskClient(f"http://127.0.0.1:{mute.getsockname()[1]}", "00", answer_seconds=0.2)) as client,
    ):
        begun = time.monotonic()
        with pytest.raises(DeskUnreachable):
            client.office()
        assert 0.1 < time.monotonic() - begun < 20


def _answering(answer: Response) -> Starlette:
    async def say(_request: object) -> Response:
        return answer

    return Starlette(routes=[Route("/{path:path}", say, methods=["GET", "POST"])])


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (RedirectResponse("http://127.0.0.1:9/elsewhere"), 307),
        (Response("<html>Вход</html>", media_type="text/html"), 200),
        (Response(b"\xff\xfe", 404), 404),
        (Response("Internal Server Error", 500), 500),
        (JSONResponse({"error": "of_the_next_version", "facts": {}}, 422), 422),
        (JSONResponse({"central_number": "94-000001/16.11.2026"}), 200),
        (JSONResponse({}), 200),
    ],
)
def test_whoever_else_answers_is_not_believed(answer: Response, status: int) -> None:
    with (
        serving(_answering(answer)) as url,
        closing(DeskClient(url, "00")) as client,
        pytest.raises(DeskRefused) as refused,
    ):
        client.office()
    assert refused.value.facts == {"status": status}


def test_a_proxy_named_by_the_computer_is_not_asked(client: DeskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert client.office().municipality == "BLG49"


# --- what the client is made of ---------------------------------------------------------------------------------


def test_the_client_brings_no_window_and_no_http_library_along_before_it_speaks() -> None:
    check = (
        "import sys, app.ui.central_desk.client\n"
        "print(sorted({'PySide6', 'requests', 'starlette', 'sqlalchemy', 'cryptography'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_every_error_of_the_taxonomy_has_its_class_by_its_code() -> None:
    known = errors_by_code()
    assert known["already_decided"] is AlreadyDecided
    assert known["relay_unreachable"] is RelayUnreachable
    assert known["internal"] is TefterError
    assert all(kind.code == code for code, kind in known.items())
