"""SIGKILL of station, relay or centre at every named point; a new process goes on: nothing lost, nothing doubled.

``TEFTER_MORE_KILLS=1`` kills at every point a second and third time over (about twice the cases).
"""

import functools
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from app import bootstrap
from app.domain.errors import WrongPassword
from app.ledger import keyslots
from app.ledger.verify import Discovery
from tests.faults.municipality import (
    PASSWORD,
    Municipality,
    assert_nothing_lost_nothing_doubled,
    call,
    read_village,
)

pytestmark = [pytest.mark.processes, pytest.mark.allow_hosts(["127.0.0.1"])]

_CALLS = "pwrite64,fsync,fdatasync"


def _points(few: Sequence[str], more: Sequence[str]) -> list[str]:
    """Return the points to kill at: a few, or with ``TEFTER_MORE_KILLS=1`` all."""
    return [*few, *more] if os.environ.get("TEFTER_MORE_KILLS") == "1" else list(few)


@pytest.fixture(scope="module", autouse=True)
def _stretched_once() -> Iterator[None]:
    """Stretch each password once in this process; the processes that are killed do all the work, every time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyslots, "_stretch", functools.cache(keyslots._stretch))
        yield


class Stages(NamedTuple):
    """Ready-made municipalities to copy: enrolled; worked and held by the relay; decided and answered."""

    enrolled: Municipality
    deposited: Municipality
    answered: Municipality


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    folder = tmp_path_factory.mktemp("municipality")
    enrolled = Municipality.found(folder / "enrolled")
    deposited = enrolled.copy(folder / "deposited")
    with deposited.relay_serving():
        assert deposited.work().code == 0
    answered = deposited.copy(folder / "answered")
    with answered.relay_serving():
        assert call("centre", "exchange", answered.centre).code == 0
        assert answered.decide() > 0
        assert call("centre", "exchange", answered.centre).code == 0
    return Stages(enrolled, deposited, answered)


@pytest.fixture
def town(stages: Stages, tmp_path: Path) -> Municipality:
    """Everybody is enrolled; nobody has worked yet."""
    return stages.enrolled.copy(tmp_path / "town")


@pytest.fixture
def deposited(stages: Stages, tmp_path: Path) -> Municipality:
    """The village's two days lie sealed at the relay; the centre has heard nothing."""
    return stages.deposited.copy(tmp_path / "town")


@pytest.fixture
def answered(stages: Stages, tmp_path: Path) -> Municipality:
    """The town has decided; letters and answers lie at the relay."""
    return stages.answered.copy(tmp_path / "town")


# --- the station at work ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "point",
    _points(
        ["after_draft:2", "before_commit:7", "after_commit:9", "after_seal:2", "after_send:1", "after_hold:2"],
        ["before_commit:1", "before_commit:12", "after_commit:2", "after_seal:1", "after_send:2", "after_hold:1"],
    ),
)
def test_the_clerk_goes_on_after_the_station_was_killed_at_work(town: Municipality, point: str) -> None:
    with town.relay_serving():
        assert town.work(crash=point).killed
        stood = town.village_books()
        assert town.work().code == 0
        town.exchange_until_settled()
    assert_nothing_lost_nothing_doubled(town, stood)


# --- inside the commit --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def strace() -> str:
    """Return the path of strace; without it (or where tracing is forbidden) the point inside a commit has no name."""
    found = shutil.which("strace")
    if found is None:
        pytest.skip("strace is not installed; it kills a process between the writes of one commit")
    return found


class Groups(NamedTuple):
    """The writing calls of a process, as strace saw them."""

    writes: list[int]
    """For each group of writes that ends in an fsync: the ordinal of its middle write."""
    syncs: int


def _groups(log: Path) -> Groups:
    writes, middles, group, syncs = 0, [], [0, 0], 0
    for line in log.read_text("utf-8", "replace").splitlines():
        if "pwrite64(" in line and "resumed" not in line:
            writes += 1
            group = [group[0] or writes, writes]
        elif re.search(r"f(?:data)?sync\(", line):
            syncs += 1
            if group[1] - group[0] > 2:
                middles.append((group[0] + group[1]) // 2)
            group = [0, 0]
    return Groups(middles, syncs)


@pytest.fixture(scope="module")
def work_under_strace(strace: str, stages: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Groups]:
    """Play the two days once to its end under strace, to know how many writes and fsyncs they take."""
    folder = tmp_path_factory.mktemp("counted")
    town, log = stages.enrolled.copy(folder / "town"), folder / "log"
    with town.relay_serving():
        done = town.work(before=(strace, "-f", "-o", str(log), "-e", f"trace={_CALLS}"))
    assert done.code == 0, done.words
    yield _groups(log)
    shutil.rmtree(folder)


@pytest.mark.parametrize("share", [float(one) for one in _points(["0.2", "0.6"], ["0.4", "0.8", "0.95"])])
def test_a_commit_that_is_cut_off_between_its_writes_never_was(
    town: Municipality, strace: str, work_under_strace: Groups, share: float
) -> None:
    when = work_under_strace.writes[int(len(work_under_strace.writes) * share)]
    inject = f"inject=pwrite64:signal=KILL:when={when}"
    with town.relay_serving():
        assert town.work(before=(strace, "-f", "-o", "/dev/null", "-e", f"trace={_CALLS}", "-e", inject)).killed
        stood = town.village_books()
        assert town.work().code == 0
        town.exchange_until_settled()
    assert_nothing_lost_nothing_doubled(town, stood)


@pytest.mark.parametrize("share", [float(one) for one in _points(["0.3", "0.85"], ["0.15", "0.6"])])
def test_a_commit_that_is_cut_off_at_its_fsync_stands_whole_or_not_at_all(
    town: Municipality, strace: str, work_under_strace: Groups, share: float
) -> None:
    inject = f"inject=fsync:signal=KILL:when={int(work_under_strace.syncs * share)}"
    with town.relay_serving():
        assert town.work(before=(strace, "-f", "-o", "/dev/null", "-e", f"trace={_CALLS}", "-e", inject)).killed
        stood = town.village_books()
        assert town.work().code == 0
        town.exchange_until_settled()
    assert_nothing_lost_nothing_doubled(town, stood)


# --- the relay ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("time", [int(one) for one in _points(["2"], ["1"])])
def test_the_same_envelope_goes_again_after_the_relay_was_killed_before_its_answer(
    town: Municipality, time: int
) -> None:
    with town.relay_serving(crash=f"relay_after_hold:{time}") as relay:
        cut = town.work()
        assert cut.code == 2
        assert "[relay_unreachable]" in cut.words
        assert relay.await_end().killed
    stood = town.village_books()
    with town.relay_serving():
        assert town.work().code == 0
        town.exchange_until_settled()
    assert_nothing_lost_nothing_doubled(town, stood)


def test_a_relay_killed_inside_its_commit_forgets_only_what_it_never_signed_for(
    town: Municipality, strace: str
) -> None:
    inject = "inject=pwrite64:signal=KILL:when=2"
    tracing = (strace, "-f", "-o", "/dev/null", "-e", "trace=pwrite64", "-e", inject)
    with town.relay_serving(before=tracing) as relay:
        assert town.work().code == 2
        assert relay.await_end().killed
    with town.relay_serving():
        assert town.work().code == 0
        town.exchange_until_settled()
    assert_nothing_lost_nothing_doubled(town)


# --- the centre ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "point",
    _points(
        ["in_import:2", "before_acknowledgement:1", "after_commit:1", "after_send:2"],
        ["in_import:1", "before_acknowledgement:2", "before_commit:1", "after_hold:1"],
    ),
)
def test_the_centre_records_each_batch_once_though_it_was_killed_with_it_in_hand(
    deposited: Municipality, point: str
) -> None:
    with deposited.relay_serving():
        killed = call("centre", "serve", deposited.centre, "--port", "0", "--interval", "0.1", crash=point)
        assert killed.killed
        assert call("centre", "exchange", deposited.centre).code == 0
        deposited.exchange_until_settled()
    assert_nothing_lost_nothing_doubled(deposited)


def test_the_centre_killed_between_the_writes_of_an_import_has_none_of_it(deposited: Municipality, strace: str) -> None:
    """The writes of opening are none, so that the 20th lies inside the first import."""
    inject = "inject=pwrite64:signal=KILL:when=20"
    tracing = (strace, "-f", "-o", "/dev/null", "-e", "trace=pwrite64", "-e", inject)
    with deposited.relay_serving():
        assert call("centre", "exchange", deposited.centre, before=tracing).killed
        assert call("centre", "exchange", deposited.centre).code == 0
        deposited.exchange_until_settled()
    assert_nothing_lost_nothing_doubled(deposited)


def test_the_centre_seals_its_answers_once_though_it_was_killed_after_sealing(deposited: Municipality) -> None:
    with deposited.relay_serving():
        assert call("centre", "exchange", deposited.centre).code == 0
        assert deposited.decide() > 0
        assert call("centre", "exchange", deposited.centre, crash="after_seal").killed
        assert call("centre", "exchange", deposited.centre).code == 0
        deposited.exchange_until_settled()
    assert_nothing_lost_nothing_doubled(deposited)


# --- answers in the village ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "point",
    _points(
        ["in_apply:1", "in_import:2", "before_acknowledgement:1"], ["in_import:1", "before_commit:2", "after_commit:2"]
    ),
)
def test_an_answer_is_applied_once_though_the_station_was_killed_with_it_in_hand(
    answered: Municipality, point: str
) -> None:
    with answered.relay_serving():
        assert call("station", "exchange", answered.village, crash=point).killed
        stood = answered.village_books()
        assert call("station", "exchange", answered.village).code == 0
        answered.exchange_until_settled()
    assert_nothing_lost_nothing_doubled(answered, stood)


# --- the recovery code --------------------------------------------------------------------------------------------


def _recover(town: Municipality, crash: str = "", before: tuple[str, ...] = ()) -> bool:
    new = town.folder / "new password"
    new.write_text("нова парола\n", "utf-8")
    code = (town.folder / "recovery code").read_text("ascii")
    words = ("station", "recover", town.village, "--code", code, "--password-file", new)
    return call(*words, crash=crash, before=before).killed


def _opens(town: Municipality, password: str) -> bool:
    try:
        store = bootstrap.open_station(town.village, password, bootstrap.station_world())
    except WrongPassword:
        return False
    store.close()
    return True


def _findings(town: Municipality, password: str) -> list[Discovery]:
    with bootstrap.open_station(town.village, password, bootstrap.station_world()) as store:
        return bootstrap.verify_station_store(store)


def test_the_old_password_stands_where_recovery_was_cut_off_before_the_database_got_its_new_key(
    deposited: Municipality,
) -> None:
    before = read_village(deposited.village)
    assert _recover(deposited, "before_rekey")
    assert not _opens(deposited, "нова парола")
    assert _opens(deposited, PASSWORD)
    assert _findings(deposited, PASSWORD) == []
    assert read_village(deposited.village) == before


def test_the_recovery_code_still_works_where_it_was_cut_off_before_the_rekey(deposited: Municipality) -> None:
    assert _recover(deposited, "before_rekey")
    assert not _recover(deposited)
    assert _opens(deposited, "нова парола")
    assert not _opens(deposited, PASSWORD)
    assert _findings(deposited, "нова парола") == []


def test_the_new_password_stands_where_recovery_was_cut_off_after_the_database_got_its_new_key(
    deposited: Municipality,
) -> None:
    assert _recover(deposited, "after_rekey")
    assert not _opens(deposited, PASSWORD)
    assert _opens(deposited, "нова парола")
    assert _findings(deposited, "нова парола") == []


@pytest.mark.parametrize("when", [int(one) for one in _points(["12", "60"], ["30", "90"])])
def test_one_of_the_two_passwords_opens_a_store_that_was_cut_off_within_its_rekey(
    deposited: Municipality, strace: str, when: int
) -> None:
    inject = f"inject=pwrite64:signal=KILL:when={when}"
    tracing = (strace, "-f", "-o", "/dev/null", "-e", "trace=pwrite64", "-e", inject)
    assert _recover(deposited, before=tracing)
    right = [word for word in (PASSWORD, "нова парола") if _opens(deposited, word)]
    assert len(right) == 1
    assert _findings(deposited, right[0]) == []
