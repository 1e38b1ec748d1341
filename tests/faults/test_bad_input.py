"""What can go wrong at a desk or on the line: each has its own class and sentence, and nothing is half written."""

import asyncio
import contextlib
import dataclasses
import hashlib
import http.server
import json
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa

from app import bootstrap, system
from app.commands.common import explain
from app.domain import errors
from app.domain.errors import (
    ExchangeFailed,
    RelayFailing,
    RelayNotRecognised,
    RelayRefused,
    RelayUnreachable,
    StoreDamaged,
    StoreTooNew,
    TefterError,
)
from app.domain.ports import Http, HttpReply
from app.ledger import engine as engines
from app.ledger import keyslots
from app.ledger.tables import outbox
from app.store import drafts
from app.store import station as stations
from sync import frame, signatures
from sync.central import store as centre_store
from sync.exchange import exchange
from sync.transport.relay import Participant, RelayLink, RequestsHttp
from tests.faults import forging
from tests.faults.municipality import PASSWORD, REGISTER, Ended, Municipality, at_hand, call, read_village
from tests.small_disk import mounted
from tests.town import PASSWORD as TOWN_PASSWORD
from tests.town import CountedRandomness, HandClock, TestVillage, Town

NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
SIGNAL = ("--register", str(REGISTER), "--kind", "signal", "--name", "Иван Стоянов Абаджиев")
SIGNAL_AT_NOON = (*SIGNAL, "--subject", "Сигнал за неосветена улица", "--settlement", "49686", "--sheets", "1")


def _all_below(kind: type[TefterError]) -> Iterator[type[TefterError]]:
    yield kind
    for one in kind.__subclasses__():
        yield from _all_below(one)


@pytest.mark.parametrize("kind", list(_all_below(TefterError)), ids=lambda kind: kind.code)
def test_every_class_of_error_has_a_sentence_of_what_happened_what_is_safe_and_what_to_do(
    kind: type[TefterError],
) -> None:
    words = explain(kind())
    assert re.search("[а-я]", words)
    assert 2 <= len(re.findall(r"[.!?](?: |$)", words)) <= 3, words


# --- at the desk ----------------------------------------------------------------------------------------------------


class Clock:
    """The computer's clock of every store opened here, turned by the test."""

    def __init__(self) -> None:
        self.moment = NOON


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It is noon of a working day wherever the program asks the computer."""
    made = Clock()
    monkeypatch.setattr(system.SystemClock, "now", lambda _: made.moment)
    return made


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Municipality]:
    """A municipality that lives by the computer's clock, with one entry; its relay does not run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyslots, "STRONG", keyslots.Cost(8, 1, 1))
        patch.setattr(stations.World, "cost", keyslots.STRONG)
        patch.setattr(centre_store.World, "cost", keyslots.STRONG)
        patch.setattr(system.SystemClock, "now", lambda _: NOON)
        made = Municipality.found_without_line(tmp_path_factory.mktemp("municipality") / "founded")
        assert at_hand("station", "register", made.village, *SIGNAL_AT_NOON).code == 0
        yield made


@pytest.fixture
def town_hall(founded: Municipality, tmp_path: Path, clock: Clock) -> Municipality:
    """A copy of it for one test, a little later the same day."""
    clock.moment += timedelta(minutes=5)
    return founded.copy(tmp_path / "municipality")


def _octets(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def _refused(done: Ended, code: str) -> None:
    """Hold that a command told this error, in Bulgarian, with its code, and printed no answer."""
    assert done.code == 2, done.words
    assert done.words.endswith(f"[{code}]\n"), done.words
    assert re.search("[а-я]{3}", done.words)
    assert "Traceback" not in done.words
    assert done.output == ""


def test_a_wrong_password_opens_nothing_and_changes_nothing(town_hall: Municipality, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("не тази\n", "utf-8")
    before = _octets(town_hall.village)
    _refused(at_hand("station", "register", town_hall.village, *SIGNAL, "--password-file", wrong), "wrong_password")
    _refused(at_hand("verify", town_hall.village, "--password-file", wrong), "wrong_password")
    assert _octets(town_hall.village) == before


def test_a_wrong_passphrase_opens_no_centre(town_hall: Municipality, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("не тази\n", "utf-8")
    _refused(at_hand("centre", "status", town_hall.centre, "--password-file", wrong), "wrong_password")


@pytest.mark.parametrize("who", ["station", "centre"])
def test_a_missing_store_is_called_missing_and_none_is_made(town_hall: Municipality, tmp_path: Path, who: str) -> None:
    word = town_hall.folder / "mikrevo.demonstration.password"
    nowhere = tmp_path / "nowhere"
    _refused(at_hand(who, "status", nowhere, "--password-file", word), "store_missing")
    _refused(at_hand("verify", nowhere, "--password-file", word), "store_missing")
    assert not nowhere.exists()


def test_a_second_enrolment_does_not_touch_the_store_that_is_there(town_hall: Municipality) -> None:
    before = _octets(town_hall.village)
    words = ("--enrolment", town_hall.folder / "enrolment", "--account", "Друг", "--reply", town_hall.folder / "other")
    _refused(at_hand("station", "enrol", town_hall.village, *words), "store_exists")
    assert _octets(town_hall.village) == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--register", "17", "--kind", "", "--name", "Иван"), "missing_required"),
        (("--register", "17", "--kind", "signal"), "missing_required"),
        (("--register", "17", "--kind", "роман", "--name", "Иван"), "unknown_kind"),
        (("--register", "18", "--kind", "signal", "--name", "Иван"), "unknown_register"),
    ],
)
def test_what_the_clerk_can_mend_is_told_and_the_draft_is_kept(
    town_hall: Municipality, words: tuple[str, ...], code: str
) -> None:
    before = read_village(town_hall.village)
    _refused(at_hand("station", "register", town_hall.village, *words), code)
    assert read_village(town_hall.village) == before._replace(drafts=before.drafts + 1)


def test_an_invalid_egn_becomes_a_finding_and_the_entry_gets_its_number(town_hall: Municipality) -> None:
    words = ("--identifier-kind", "egn", "--identifier", "1234567890")
    done = at_hand("station", "register", town_hall.village, *SIGNAL_AT_NOON, *words).answer
    assert done["number"].startswith("17-000002/")
    assert done["findings"] == ["invalid_egn"]


def test_an_unknown_service_becomes_a_finding_and_the_entry_gets_its_number(town_hall: Municipality) -> None:
    words = ("--register", "17", "--kind", "zayavlenie_usluga", "--name", "Иван", "--service", "999999")
    done = at_hand("station", "register", town_hall.village, *words).answer
    assert done["number"].startswith("17-000002/")
    assert "unknown_service" in done["findings"]


# --- the clock ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("years", [-6, -1, 1, 5], ids=lambda years: f"{years} years")
def test_a_clock_years_off_stops_until_the_date_is_confirmed_and_leaves_a_finding(
    town_hall: Municipality, clock: Clock, years: int
) -> None:
    right = clock.moment.date().isoformat()
    clock.moment = clock.moment.replace(year=clock.moment.year + years)
    before = read_village(town_hall.village)
    _refused(at_hand("station", "register", town_hall.village, *SIGNAL_AT_NOON), "clock_doubtful")
    assert read_village(town_hall.village) == before._replace(drafts=before.drafts + 1)
    confirmed = ("--confirm-date", right)
    done = at_hand("station", "register", town_hall.village, *SIGNAL_AT_NOON, *confirmed).answer
    assert done["number"] == "17-000002/16.11.2026"
    assert done["findings"] == ["clock_doubt"]
    with bootstrap.open_station(town_hall.village, PASSWORD, bootstrap.station_world()) as store:
        with store.ledger.reading() as connection:
            row = connection.execute(sa.text("SELECT clock_doubt, office_date FROM entries WHERE number = 2")).one()
        assert tuple(row) == (1, "2026-11-16")
        assert bootstrap.verify_station_store(store) == []


def test_a_confirmed_date_before_the_last_act_is_not_taken(town_hall: Municipality, clock: Clock) -> None:
    clock.moment = clock.moment.replace(year=2031)
    words = (*SIGNAL_AT_NOON, "--confirm-date", "2026-11-15")
    _refused(at_hand("station", "register", town_hall.village, *words), "clock_doubtful")


def test_the_draft_of_a_doubtful_day_is_registered_as_it_was_typed(town_hall: Municipality, clock: Clock) -> None:
    clock.moment = clock.moment.replace(year=2031)
    _refused(at_hand("station", "register", town_hall.village, *SIGNAL_AT_NOON), "clock_doubtful")
    (draft,) = at_hand("station", "drafts", town_hall.village).answer["drafts"]
    words = ("--register", "17", "--draft", draft, "--confirm-date", "2026-11-16")
    done = at_hand("station", "register", town_hall.village, *words).answer
    assert (done["entry"], done["findings"]) == (draft, ["clock_doubt"])
    assert at_hand("station", "drafts", town_hall.village).answer["drafts"] == []


# --- damage ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def shelved(town: Town) -> tuple[Town, Path]:
    """A village's store at rest, with its password beside it as a file."""
    done = town.village.register()
    town.village.pay(done.entry)
    town.village.close()
    (town.folder / "password").write_text(TOWN_PASSWORD, "utf-8")
    return town, town.village.store.folder


def _verify(folder: Path) -> Ended:
    return at_hand("verify", folder, "--password-file", folder.parent / "password")


def test_every_flipped_octet_of_the_database_is_found(shelved: tuple[Town, Path]) -> None:
    """Spread over all pages and all places within a page: salt, body, the page's own code."""
    _, folder = shelved
    assert _verify(folder).code == 0
    sound = (folder / "store.db").read_bytes()
    step = 4_096 + 97
    for place in [0, 15, 16, 4_095, *range(0, len(sound), step)]:
        octets = bytearray(sound)
        octets[place] ^= 1
        (folder / "store.db").write_bytes(octets)
        checked = _verify(folder)
        assert checked.code == 1, place
        assert json.loads(checked.output)["findings"] != []
    (folder / "store.db").write_bytes(sound)
    assert _verify(folder).code == 0


@pytest.mark.parametrize("length", [0, 1, 100, 4_096, 20_000])
def test_a_database_that_was_cut_is_damage_and_no_new_one_takes_its_place(
    shelved: tuple[Town, Path], length: int
) -> None:
    """An empty file once became a new, empty store."""
    town, folder = shelved
    cut = (folder / "store.db").read_bytes()[:length]
    (folder / "store.db").write_bytes(cut)
    checked = _verify(folder)
    assert checked.code == 1
    assert json.loads(checked.output)["findings"] != []
    with pytest.raises(StoreDamaged):
        bootstrap.open_station(folder, TOWN_PASSWORD, town.village.store.world)
    assert (folder / "store.db").read_bytes() == cut


def test_a_database_that_is_gone_is_damage(shelved: tuple[Town, Path]) -> None:
    town, folder = shelved
    (folder / "store.db").unlink()
    with pytest.raises(StoreDamaged):
        bootstrap.open_station(folder, TOWN_PASSWORD, town.village.store.world)
    assert not (folder / "store.db").exists()


@pytest.mark.parametrize("length", [None, 0])
def test_a_centre_whose_database_is_lost_is_not_begun_anew(town: Town, length: int | None) -> None:
    """It once opened as a new, empty centre."""
    database = town.centre.folder / "centre.db"
    town.centre.close()
    saved = database.read_bytes()
    if length is None:
        database.unlink()
    else:
        database.write_bytes(saved[:length])
    with pytest.raises(StoreDamaged):
        centre_store.open_store(town.centre.folder, TOWN_PASSWORD, town.centre.world)
    database.write_bytes(saved)


@pytest.mark.parametrize("content", [b"", b"\xc1", b"\x00" * 300, "ключове".encode()])
def test_a_key_file_of_something_else_is_damage(shelved: tuple[Town, Path], content: bytes) -> None:
    _, folder = shelved
    (folder / "keys").write_bytes(content)
    _refused(
        at_hand("station", "status", folder, "--password-file", folder.parent / "password"),
        "store_damaged",
    )


def test_every_flipped_octet_of_the_key_file_is_damage_or_a_wrong_password_or_harmless(
    shelved: tuple[Town, Path],
) -> None:
    town, folder = shelved
    sound = (folder / "keys").read_bytes()
    told = set()
    for place in range(0, len(sound), 7):
        octets = bytearray(sound)
        octets[place] ^= 0x41
        (folder / "keys").write_bytes(octets)
        try:
            bootstrap.open_station(folder, TOWN_PASSWORD, town.village.store.world).close()
            told.add("opened")
        except TefterError as error:
            told.add(error.code)
    assert told <= {"store_damaged", "wrong_password", "opened"}
    assert {"store_damaged", "wrong_password"} <= told
    (folder / "keys").write_bytes(sound)
    assert _verify(folder).code == 0


@pytest.mark.parametrize("table", ["ledger_version", "store_version"])
def test_a_store_of_a_newer_program_is_not_touched(shelved: tuple[Town, Path], table: str) -> None:
    town, folder = shelved
    _, key = stations.unlock(folder, TOWN_PASSWORD, town.village.store.world)
    engine = engines.open_engine(folder / "store.db", key)
    with engine.begin() as connection:
        connection.execute(sa.update(sa.table(table, sa.column("version_num"))).values(version_num="9999"))
    engine.dispose()
    before = (folder / "store.db").read_bytes()
    with pytest.raises(StoreTooNew):
        bootstrap.open_station(folder, TOWN_PASSWORD, town.village.store.world)
    assert (folder / "store.db").read_bytes() == before


# --- a full disk ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def strace() -> str:
    """Return the path of strace, which lets writes fail as they do on a full disk."""
    found = shutil.which("strace")
    if found is None:
        pytest.skip("strace is not installed; it lets single writes fail")
    return found


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[Municipality]:
    """A municipality of a demonstration, for real processes: its time is the script's, whatever the computer's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stations.World, "cost", keyslots.Cost(8, 1, 1))
        made = Municipality(tmp_path / "municipality")
        made._make_centre("http://127.0.0.1:9", made._make_relay(), "--demonstration")
        made._enrol()
        assert at_hand("station", "register", made.village, *SIGNAL_AT_NOON).code == 0
        yield made


_WRITES = "trace=pwrite64,fsync,fdatasync"


def _ordinals(log: Path) -> list[int]:
    """Return the first write of each group that ends in an fsync: opening, draft, registration, checkpoint."""
    firsts, writes, fresh = [], 0, True
    for line in log.read_text("utf-8", "replace").splitlines():
        if "pwrite64(" in line:
            writes += 1
            if fresh:
                firsts.append(writes)
            fresh = False
        elif "sync(" in line:
            fresh = True
    return firsts


def _register(town: Municipality, *before: str) -> Ended:
    return call("station", "register", town.village, *SIGNAL_AT_NOON, before=before)


@pytest.mark.processes
@pytest.mark.parametrize(
    ("group", "kept"),
    [(1, 0), (2, 1)],
    ids=["at the draft", "at the registration"],
)
def test_a_disk_that_is_full_refuses_the_act_whole_and_says_so(
    demonstration: Municipality, strace: str, tmp_path: Path, group: int, kept: int
) -> None:
    counted = demonstration.copy(tmp_path / "counted")
    log = tmp_path / "log"
    assert _register(counted, strace, "-f", "-o", str(log), "-e", _WRITES).code == 0
    first = _ordinals(log)[group]
    before = read_village(demonstration.village)
    inject = f"inject=pwrite64:error=ENOSPC:when={first}+"
    done = _register(demonstration, strace, "-f", "-o", os.devnull, "-e", _WRITES, "-e", inject)
    _refused(done, "disk_full")
    assert done.words.startswith("Дискът е пълен.")
    assert read_village(demonstration.village) == before._replace(drafts=kept)
    again = _register(demonstration).answer
    assert again["number"].startswith("17-000002/")
    assert at_hand("verify", demonstration.village).code == 0


@pytest.mark.processes
def test_a_disk_that_fails_at_the_fsync_refuses_the_act(demonstration: Municipality, strace: str) -> None:
    before = read_village(demonstration.village)
    inject = "inject=fsync,fdatasync:error=ENOSPC:when=1+"
    done = _register(demonstration, strace, "-f", "-o", os.devnull, "-e", _WRITES, "-e", inject)
    assert done.code == 2, done.words
    assert re.search(r"\[disk_(full|failed)\]\n$", done.words)
    assert read_village(demonstration.village).entries == before.entries
    assert _register(demonstration).answer["number"].startswith("17-000002/")
    assert at_hand("verify", demonstration.village).code == 0


@pytest.mark.processes
def test_a_disk_that_fills_up_after_the_commit_does_not_unsay_the_act(
    demonstration: Municipality, strace: str, tmp_path: Path
) -> None:
    """It once told that the act was not recorded: the WAL could not be carried over at the end of the program."""
    counted = demonstration.copy(tmp_path / "counted")
    log = tmp_path / "log"
    assert _register(counted, strace, "-f", "-o", str(log), "-e", _WRITES).code == 0
    inject = f"inject=pwrite64:error=ENOSPC:when={_ordinals(log)[3]}+"
    done = _register(demonstration, strace, "-f", "-o", os.devnull, "-e", _WRITES, "-e", inject)
    assert done.answer["number"].startswith("17-000002/")
    assert len(read_village(demonstration.village).entries) == 2


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte."""
    with mounted(tmp_path, "1m") as place:
        yield place


def _fill(disk: Path) -> Path:
    """Fill a disk to its last page and return the file to remove."""
    ballast = disk / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4_096))
    return ballast


def test_a_store_on_a_full_disk_opens_once_there_is_room(town: Town, small_disk: Path) -> None:
    village = town.village
    village.close()
    shutil.copytree(village.store.folder, small_disk / "store")
    ballast = _fill(small_disk)
    with pytest.raises(errors.DiskFull):
        bootstrap.open_station(small_disk / "store", TOWN_PASSWORD, village.store.world)
    ballast.unlink()
    with bootstrap.open_station(small_disk / "store", TOWN_PASSWORD, village.store.world) as store:
        assert bootstrap.verify_station_store(store) == []


def test_work_on_a_disk_that_is_really_full_goes_on_once_there_is_room(town: Town, small_disk: Path) -> None:
    village = town.village
    village.close()
    shutil.copytree(village.store.folder, small_disk / "store")
    copied = bootstrap.open_station(small_disk / "store", TOWN_PASSWORD, village.store.world)
    desk = TestVillage(town, copied, village.number)
    ballast = _fill(small_disk)
    done, refused = [], None
    for _ in range(50):
        filing = desk.filing()
        try:
            drafts.save(copied, filing)
            done.append(desk.register(entry=filing.entry).number)
        except errors.DiskFull as full:
            refused = full
            break
    assert refused is not None
    ballast.unlink()
    done.append(desk.register().number)
    assert [number.partition("/")[0] for number in done] == [f"17-{one:06d}" for one in range(1, len(done) + 1)]
    assert bootstrap.verify_station_store(copied) == []
    copied.close()


# --- the line -------------------------------------------------------------------------------------------------------


Answer = tuple[int, Mapping[str, str], bytes]


class OneAnswer(http.server.ThreadingHTTPServer):
    """Answers everything the same, and remembers what it was asked."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.answer = answer
        self.asked: list[str] = []


class Answering(http.server.BaseHTTPRequestHandler):
    """Speaks as a broken relay, a portal or a proxy does."""

    def do_POST(self) -> None:
        """Read the request and answer."""
        self.rfile.read(int(self.headers["content-length"]))
        assert isinstance(self.server, OneAnswer)
        status, headers, body = self.server.answer
        self.server.asked.append(self.path)
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep silent."""


@contextlib.contextmanager
def answering(answer: Answer) -> Iterator[tuple[str, list[str]]]:
    """Serve one answer for everything; give the address and the paths asked for."""
    with OneAnswer(answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}", server.asked
        server.shutdown()
        thread.join()


_HTML = b"<html><body>Free Wi-Fi: please log in</body></html>"
_LOGIN = {"Location": "http://127.0.0.1/login"}
SPOKEN: dict[str, tuple[Answer, type[ExchangeFailed]]] = {
    "500": ((500, {}, b"oops"), RelayFailing),
    "502 of a proxy": ((502, {}, _HTML), RelayFailing),
    "503": ((503, {}, b""), RelayFailing),
    "a portal": ((200, {"Content-Type": "text/html"}, _HTML), RelayNotRecognised),
    "a portal with nothing": ((200, {}, b""), RelayNotRecognised),
    "a redirect": ((302, _LOGIN, b""), RelayNotRecognised),
    "a lasting redirect": ((308, _LOGIN, b""), RelayNotRecognised),
    "garbage": ((200, {"Tefter-Signature": "zz"}, os.urandom(0) + bytes(range(256))), RelayNotRecognised),
    "a false signature": ((200, {"Tefter-Signature": "00" * 64}, b"\0\0\0\1\0\0\0\0\0"), RelayNotRecognised),
    "404 of somebody": ((404, {}, _HTML), RelayNotRecognised),
    "403 of somebody": ((403, {}, _HTML), RelayNotRecognised),
    "a challenge that is none": ((401, {"Tefter-Nonce": "zz", "Tefter-Time": "now"}, b""), RelayNotRecognised),
    "401 without a challenge": ((401, {"WWW-Authenticate": "Basic"}, b""), RelayNotRecognised),
}


def _link(town: Town, http_port: Http, url: str = "http://relay") -> RelayLink:
    me = town.village.store.identity
    who = Participant(me.municipality, me.station, me.signing_key)
    public = signatures.public_key(town.relay_key)
    return RelayLink(http_port, url, public, who, town.clock, CountedRandomness(f"link {town.clock.moment}"))


def _waits(town: Town) -> list[tuple[str, int]]:
    with town.village.store.ledger.reading() as connection:
        rows = connection.execute(sa.select(outbox.c.state, outbox.c.number).order_by(outbox.c.place))
        return [(state, number) for state, number in rows]


def _assert_nothing_lost(town: Town) -> None:
    """Everything waits sealed; over the true relay it arrives once."""
    assert _waits(town) == [("sealed", 1)]
    town.settle()
    assert _waits(town)[0] == ("received", 1)
    assert bootstrap.verify_station_store(town.village.store) == []


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("what", SPOKEN)
def test_whatever_speaks_in_the_relays_place_loses_nothing(town: Town, what: str) -> None:
    answer, kind = SPOKEN[what]
    town.village.register()
    with answering(answer) as (address, asked):
        port = RequestsHttp()
        with pytest.raises(ExchangeFailed) as told:
            exchange(town.village.end(), _link(town, port, address))
        port._session.close()
    assert type(told.value) is kind
    assert set(asked) == {"/v1/exchange"}
    assert re.search("[а-я]", explain(told.value))
    _assert_nothing_lost(town)


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_relay_that_is_down_is_out_of_reach(town: Town) -> None:
    town.village.register()
    with answering((200, {}, b"")) as (address, _):
        gone = address
    with pytest.raises(RelayUnreachable):
        exchange(town.village.end(), _link(town, RequestsHttp(), gone))
    _assert_nothing_lost(town)


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_the_command_line_says_that_there_is_no_line_and_that_everything_stands(town_hall: Municipality) -> None:
    done = at_hand("station", "exchange", town_hall.village)
    _refused(done, "relay_unreachable")
    assert "Всичко стои тук" in done.words


class Through:
    """The HTTP port to the true relay, with a hand on what is asked and answered."""

    def __init__(self, town: Town, change: Callable[[HttpReply], HttpReply] = lambda reply: reply) -> None:
        self._town = town
        self._change = change
        self.asked: list[tuple[str, str, Mapping[str, str], bytes]] = []
        self.replies: list[HttpReply] = []

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> HttpReply:
        """Pass on."""
        self.asked.append((method, url, headers, body))
        self.replies.append(self._town.http.send(method, url, headers, body))
        return self._change(self.replies[-1])


CHANGED: dict[str, Callable[[HttpReply], HttpReply]] = {
    "one bit of the answer": lambda reply: reply._replace(body=reply.body[:-1] + bytes([reply.body[-1] ^ 1])),
    "the answer cut": lambda reply: reply._replace(body=reply.body[:-1]),
    "the signature gone": lambda reply: reply._replace(headers={}),
    "an envelope added": lambda reply: reply._replace(body=reply.body + frame.pack_parcels([b"x"])),
}


@pytest.mark.parametrize("what", CHANGED)
def test_an_answer_changed_on_the_way_counts_for_nothing(town: Town, what: str) -> None:
    town.village.register()
    with pytest.raises(RelayNotRecognised):
        exchange(town.village.end(), _link(town, Through(town, CHANGED[what])))
    _assert_nothing_lost(town)


def test_an_old_answer_of_the_relay_is_no_answer_to_a_new_request(town: Town) -> None:
    through = Through(town)
    exchange(town.village.end(), _link(town, through))
    town.village.register()
    town.clock.tick(seconds=5)
    with pytest.raises(RelayNotRecognised):
        exchange(town.village.end(), _link(town, Through(town, lambda _: through.replies[0])))


# --- the relay's door -----------------------------------------------------------------------------------------------


def test_a_station_that_the_relay_does_not_know_is_refused_by_the_relay_itself(town: Town) -> None:
    town.village.register()
    me = town.village.store.identity
    public = signatures.public_key(town.relay_key)
    stranger = Participant(me.municipality, b"\x51" * 16, bytes(range(32)))
    link = RelayLink(town.http, "http://relay", public, stranger, town.clock, CountedRandomness("stranger"))
    with pytest.raises(RelayRefused) as told:
        link.exchange([], [])
    assert told.value.facts == {"status": 403}
    assert town.relay_store.counts() == (0, 0)


def test_a_known_station_under_a_strange_key_is_refused_too(town: Town) -> None:
    me = town.village.store.identity
    thief = Participant(me.municipality, me.station, bytes(range(32)))
    public = signatures.public_key(town.relay_key)
    with pytest.raises(RelayRefused):
        RelayLink(town.http, "http://relay", public, thief, town.clock, CountedRandomness("t")).exchange([], [])


def test_an_envelope_in_anothers_name_is_not_kept(town: Town) -> None:
    octets = forging.sign_again(forging.first_batch(town.village), bytes(range(32)), sender=b"\x51" * 16)
    with pytest.raises(RelayRefused) as told:
        _link(town, town.http).exchange([octets], [])
    assert told.value.facts == {"status": 400}
    assert town.relay_store.counts() == (0, 0)


@pytest.mark.parametrize("hours", [-30, -7, 7, 30_000])
def test_a_station_whose_clock_is_hours_off_is_let_through_by_the_relays_challenge(town: Town, hours: int) -> None:
    octets = forging.first_batch(town.village)
    me = town.village.store.identity
    wrong = HandClock(town.clock.moment + timedelta(hours=hours))
    through = Through(town)
    who = Participant(me.municipality, me.station, me.signing_key)
    public = signatures.public_key(town.relay_key)
    link = RelayLink(through, "http://relay", public, who, wrong, CountedRandomness("wrong clock"))
    assert len(link.exchange([octets], []).receipts) == 1
    assert [reply.status for reply in through.replies] == [401, 200]
    method, url, headers, body = through.asked[1]
    again = town.http.send(method, url, headers, body)
    assert again.status == 401
    assert town.relay_store.counts() == (1, 1)


def test_a_request_repeated_octet_for_octet_is_refused(town: Town) -> None:
    through = Through(town)
    town.village.register()
    exchange(town.village.end(), _link(town, through))
    for method, url, headers, body in through.asked:
        assert town.http.send(method, url, headers, body).status == 401


@pytest.mark.parametrize(
    "header", ["tefter-municipality", "tefter-participant", "tefter-time", "tefter-nonce", "tefter-digest"]
)
def test_a_request_with_a_changed_header_is_refused(town: Town, header: str) -> None:
    method, url, headers, body = _signed_request(town)
    for value in ("", "zz", "Щ", "0" * 32, "1" * 64, "-1"):
        changed = {**headers, header: value}
        with contextlib.suppress(UnicodeEncodeError):
            assert town.http.send(method, url, changed, body).status in {400, 401, 403}
    without = {name: text for name, text in headers.items() if name != header}
    assert town.http.send(method, url, without, body).status == 400
    assert town.relay_store.counts() == (0, 0)


def _signed_request(town: Town, size: int = 0) -> tuple[str, str, dict[str, str], bytes]:
    """Return a signed request that was not sent."""

    class Held(Exception):
        pass

    class Hold:
        def __init__(self) -> None:
            self.asked: list[tuple[str, str, Mapping[str, str], bytes]] = []

        def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> HttpReply:
            self.asked.append((method, url, headers, body))
            raise Held

    hold = Hold()
    with pytest.raises(Held):
        _link(town, hold).exchange([bytes(size)] if size else [forging.first_batch(town.village)], [])
    method, url, headers, body = hold.asked[0]
    return method, url, {name.lower(): text for name, text in headers.items()}, body


def test_a_body_with_another_digest_is_refused(town: Town) -> None:
    method, url, headers, body = _signed_request(town)
    assert town.http.send(method, url, headers, body[:-1] + bytes([body[-1] ^ 1])).status == 400
    assert town.relay_store.counts() == (0, 0)


class Asked(NamedTuple):
    """What a bare ASGI request came to: status, and how many octets of the body were read."""

    status: int
    read: int


def _ask(town: Town, headers: Mapping[str, str], pieces: list[bytes]) -> Asked:
    """Send a request whose body is handed over piece by piece, and count what is read of it."""
    read, statuses = 0, []

    async def receive() -> dict[str, Any]:
        nonlocal read
        assert pieces, "the relay reads more than there is"
        piece = pieces.pop(0)
        read += len(piece)
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def send(message: Any) -> None:  # noqa: ANN401 - ASGI's own untyped messages
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "path": "/v1/exchange",
        "raw_path": b"/v1/exchange",
        "query_string": b"",
        "headers": [(name.encode("latin-1"), text.encode("latin-1")) for name, text in headers.items()],
    }
    application: Any = town.http.client.app
    asyncio.run(application(scope, receive, send))
    return Asked(statuses[0], read)


def test_a_body_above_the_limit_is_refused_before_an_octet_of_it_is_read(town: Town) -> None:
    _, _, headers, body = _signed_request(town, frame.MAX_REQUEST)
    assert _ask(town, {**headers, "content-length": str(len(body))}, [body]) == Asked(413, 0)


def test_a_body_that_grows_above_the_limit_it_stated_is_read_no_further(town: Town) -> None:
    _, _, headers, _ = _signed_request(town)
    pieces = [bytes(65_536)] * 64
    done = _ask(town, {**headers, "content-length": "100"}, pieces)
    assert done.status == 413
    assert done.read <= frame.MAX_REQUEST + 65_536


@pytest.mark.parametrize("length", [None, "", "много", "-1", "1e3"])
def test_a_body_without_a_stated_length_is_refused_unread(town: Town, length: str | None) -> None:
    _, _, headers, body = _signed_request(town)
    if length is not None:
        with contextlib.suppress(UnicodeEncodeError):
            assert _ask(town, {**headers, "content-length": length.encode().decode("latin-1")}, [body]) == Asked(411, 0)
    else:
        assert _ask(town, headers, [body]) == Asked(411, 0)


def test_a_stranger_is_refused_before_an_octet_of_his_body_is_read(town: Town) -> None:
    _, _, headers, body = _signed_request(town)
    strange = {**headers, "tefter-participant": "51" * 16, "content-length": str(len(body))}
    assert _ask(town, strange, [body]) == Asked(403, 0)


@pytest.mark.parametrize("body", [b"\x00", b"\xff\xff\xff\xff", bytes(4) + b"\0\0\0\5abc", b"\0\0\0\1x", b""])
def test_a_body_that_is_no_row_of_parcels_is_refused(town: Town, body: bytes) -> None:
    me = town.village.store.identity
    now, nonce = int(town.clock.now().timestamp()), bytes(16)
    said = frame.RequestHeaders(me.municipality, me.station, now, nonce, hashlib.sha256(body).digest())
    signature = signatures.sign(
        me.signing_key, signatures.REQUEST, frame.request_statement("POST", "/v1/exchange", said)
    )
    headers = {
        "tefter-municipality": said.municipality,
        "tefter-participant": said.participant.hex(),
        "tefter-time": str(now),
        "tefter-nonce": nonce.hex(),
        "tefter-digest": said.digest.hex(),
        "tefter-signature": signature.hex(),
    }
    assert town.http.send("POST", "http://relay/v1/exchange", headers, body).status == 400


def test_a_list_of_participants_that_the_centre_did_not_sign_is_not_kept(town: Town) -> None:
    keys = town.centre.secrets
    octets = frame.pack_admission(keys.municipality, 99, [(b"\x51" * 16, signatures.public_key(bytes(range(32))))])
    for signer, label in ((bytes(range(32)), signatures.SET), (keys.signing_key, signatures.BATCH)):
        with pytest.raises(RelayRefused):
            town.centre_link().publish_admission(octets + signatures.sign(signer, label, octets))
    assert town.village.exchange().held == 1


def test_an_older_list_of_participants_does_not_replace_a_newer_one(town: Town) -> None:
    keys = town.centre.secrets
    octets = frame.pack_admission(keys.municipality, 0, [])
    with pytest.raises(RelayRefused):
        town.centre_link().publish_admission(octets + signatures.sign(keys.signing_key, signatures.SET, octets))
    assert town.village.exchange().held == 1


def test_a_store_in_use_by_another_is_called_busy(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "BUSY_MILLISECONDS", 50)
    town.village.reopen()
    store = town.village.store
    other = bootstrap.open_station(store.folder, TOWN_PASSWORD, dataclasses.replace(store.world))
    with other.ledger.writing(), pytest.raises(errors.StoreBusy):
        town.village.register()
    other.close()
    assert town.village.register().number.startswith("17-000001/")
