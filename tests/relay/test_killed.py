"""A real relay process, killed as by a power cut under load: every receipt that was given is true afterwards."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.domain.errors import ExchangeFailed, RelayUnreachable
from app.system import SystemClock, SystemRandomness
from sync import frame, signatures
from sync.relay.store import DATABASE, envelopes, open_engine
from sync.transport.relay import Participant, Receipt, RelayLink, RequestsHttp
from tests.relay.office import MUNICIPALITY, Member, envelope, member

DEPOSITS = int(os.environ.get("TEFTER_RELAY_DEPOSITS", "200"))
HANDS = 8
MIKREVO, CENTRE = member("Микрево"), member("Струмяни")

pytestmark = [pytest.mark.processes, pytest.mark.allow_hosts(["127.0.0.1"])]


class RelayProcess:
    """``tefter relay`` as a process of its own, on a free port of this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = bytes.fromhex(self._run("init")["relay_key"])
        self._run("trust", "--municipality", MUNICIPALITY, "--key", CENTRE.public.hex())

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "app", "relay", *words, "--dir", str(self.folder), "--json"]

    def _run(self, *words: str) -> dict[str, str]:
        done = subprocess.run(self._command(*words), capture_output=True, check=True, timeout=60)
        answer: dict[str, str] = json.loads(done.stdout)
        return answer

    @contextmanager
    def serving(self) -> Iterator["subprocess.Popen[bytes]"]:
        """Serve until the block ends, or the test kills it."""
        with subprocess.Popen(self._command("serve", "--port", "0"), stdout=subprocess.PIPE) as process:
            try:
                assert process.stdout is not None
                self.url = json.loads(process.stdout.readline())["listening"]
                yield process
            finally:
                process.kill()

    @contextmanager
    def link(self, who: Member) -> Iterator[RelayLink]:
        """Give one participant's way to the relay."""
        http = RequestsHttp()
        participant = Participant(MUNICIPALITY, who.id, who.key)
        yield RelayLink(http, self.url, self.key, participant, SystemClock(), SystemRandomness())
        http._session.close()

    def admit(self) -> None:
        """Publish the list of participants."""
        octets = frame.pack_admission(MUNICIPALITY, 1, [(one.id, one.public) for one in (CENTRE, MIKREVO)])
        with self.link(CENTRE) as link:
            link.publish_admission(octets + signatures.sign(CENTRE.key, signatures.SET, octets))

    def stored(self) -> dict[bytes, tuple[int, bytes]]:
        """Return what lies in the store of a relay that does not run: time and octets by id."""
        engine = open_engine(self.folder / DATABASE)
        with engine.connect() as connection:
            query = sa.select(envelopes.c.envelope, envelopes.c.stored_at, envelopes.c.sealed)
            found = {bytes(row[0]): (row[1], bytes(row[2])) for row in connection.execute(query)}
        engine.dispose()
        return found


def _deposit_all(relay: RelayProcess, sent: list[bytes], after: int, then: threading.Event) -> list[Receipt]:
    """Deposit from several hands, one envelope a request, and say so once ``after`` receipts are there."""
    receipts: list[Receipt] = []
    counting = threading.Lock()

    def hand(share: list[bytes]) -> None:
        with relay.link(MIKREVO) as link:
            for one in share:
                try:
                    got = link.exchange([one], []).receipts
                except ExchangeFailed:
                    return
                with counting:
                    receipts.extend(got)
                    if len(receipts) >= after:
                        then.set()

    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(hand, [sent[at::HANDS] for at in range(HANDS)]))
    return receipts


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_every_receipt_given_before_the_kill_is_in_the_store(tmp_path: Path, share: float) -> None:
    relay = RelayProcess(tmp_path / "relay")
    sent = [envelope(MIKREVO, CENTRE, number, 8_000) for number in range(1, DEPOSITS + 1)]
    enough = threading.Event()
    with relay.serving() as process:
        relay.admit()

        def cut_the_power() -> None:
            enough.wait(120)
            process.kill()

        watcher = threading.Thread(target=cut_the_power)
        watcher.start()
        receipts = _deposit_all(relay, sent, int(DEPOSITS * share), enough)
        enough.set()
        watcher.join()
        process.wait(60)
    by_id = {frame.envelope_id(one): one for one in sent}
    stored = relay.stored()
    assert len(receipts) >= int(DEPOSITS * share)
    for receipt in receipts:
        assert stored[receipt.envelope] == (receipt.stored_at, by_id[receipt.envelope])
    with relay.serving():
        again = _deposit_all(relay, sent, DEPOSITS, enough)
        assert len(again) == DEPOSITS
        assert set(receipts) <= set(again)
        assert {one.stored_at for one in again if one.envelope in stored} <= {time for time, _ in stored.values()}
        with relay.link(CENTRE) as link:
            fetched = _fetch_all(link)
    assert sorted(fetched) == sorted(sent)


def _fetch_all(link: RelayLink) -> list[bytes]:
    fetched: list[bytes] = []
    releases: list[bytes] = []
    while True:
        reply = link.exchange([], releases)
        fetched += reply.envelopes
        releases = [frame.envelope_id(one) for one in reply.envelopes]
        if not reply.more:
            return fetched


def test_a_relay_that_dies_after_its_commit_has_kept_what_it_could_not_receipt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    relay = RelayProcess(tmp_path / "relay")
    sent = envelope(MIKREVO, CENTRE)
    monkeypatch.setenv("TEFTER_CRASH_AT", "relay_after_hold")
    with relay.serving() as process, relay.link(MIKREVO) as link:
        relay.admit()
        with pytest.raises(RelayUnreachable):
            link.exchange([sent], [])
        assert process.wait(60) == -9
    [(stored_at, octets)] = relay.stored().values()
    assert octets == sent
    monkeypatch.delenv("TEFTER_CRASH_AT")
    with relay.serving(), relay.link(MIKREVO) as link:
        [receipt] = link.exchange([sent], []).receipts
    assert (receipt.envelope, receipt.stored_at) == (frame.envelope_id(sent), stored_at)


def test_a_body_without_end_is_refused_by_a_real_relay_before_it_is_sent(tmp_path: Path) -> None:
    relay = RelayProcess(tmp_path / "relay")
    with relay.serving():
        relay.admit()
        http = RequestsHttp()
        length = {"Content-Length": str(frame.MAX_REQUEST + 1), "Tefter-Municipality": MUNICIPALITY}
        digest = {"Tefter-Digest": "00" * 32, "Tefter-Nonce": "00" * 16}
        reply = http.send("PUT", f"{relay.url}/v1/admission", length | digest, b"")
        http._session.close()
    assert reply.status == 413
