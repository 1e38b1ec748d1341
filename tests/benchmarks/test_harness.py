"""The benchmarks run and compare like with like; how fast they are is no test's business."""

import json
import shutil
from pathlib import Path

import pytest

from app.domain.terms import View
from tests.benchmarks import reading, syncs
from tests.benchmarks.__main__ import as_json, as_text, measure
from tests.benchmarks.figures import Sizes

TINY = Sizes(
    history=3,
    rounds=2,
    pairs=2,
    acts=1,
    entries=5,
    road_rounds=1,
    silent_rounds=2,
    register=300,
    starts=1,
    visits=1,
    used_seconds=1,
)


def test_ours_and_the_bare_transactions_write_the_same_rows() -> None:
    (result,) = measure(["entry_and_receipt"], TINY)
    assert result.ours > 0
    assert result.against > 0
    assert "of both are equal" in " ".join(result.notes)


def test_search_lists_entries_and_type_ahead_are_measured_over_a_register_that_was_filled() -> None:
    measured = {one.name: one for one in measure(["reading"], TINY)}
    assert {f"list_{view}" for view in View} <= set(measured)
    assert {"search_rows", "list_all_deep", "counts", "entry_timeline", "people", "settlements", "services"} <= set(
        measured
    )
    assert all(one.ours > 0 and one.against > 0 for one in measured.values())


def test_a_register_is_filled_once_and_kept_where_it_is_asked_for(tmp_path: Path) -> None:
    sizes = TINY._replace(register=40)
    measure(["reading"], sizes, tmp_path)
    (kept,) = tmp_path.iterdir()
    filled = (kept / "whole").stat().st_mtime_ns
    measure(["reading"], sizes, tmp_path)
    assert list(tmp_path.iterdir()) == [kept]
    assert (kept / "whole").stat().st_mtime_ns == filled


def test_what_is_asked_while_a_text_is_typed_is_each_of_its_beginnings_once() -> None:
    assert reading.letters(["ив а", "ия"]) == ["и", "ив", "ив а", "ия"]


@pytest.mark.processes
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_an_act_waits_for_the_disk_once_as_a_bare_transaction_does() -> None:
    (result,) = measure(["fsyncs_per_act"], TINY)
    assert (result.ours, result.against, result.holds) == (1, 1, True)


def test_two_groups_in_one_act_are_told_from_two_calls_of_one_group() -> None:
    begun, ended = 'access("/tefter.act/pay", F_OK)', 'access("/tefter.act/none", F_OK)'
    sync, write = "fdatasync(4</a/store.db-wal>)", 'pwrite64(4</a/store.db-wal>, ""..., 24, 0)'
    lines = [begun, write, sync, sync, ended, begun, sync, write, sync, ended, sync]
    one, two = syncs.counted("\n".join(lines))
    assert (one.verb, one.syncs, one.groups) == ("pay", 2, 1)
    assert (two.syncs, two.groups, two.files) == (2, 2, frozenset({"store.db-wal"}))


@pytest.mark.processes
@pytest.mark.enable_socket
def test_road_and_silence_are_measured_over_real_sockets() -> None:
    seconds, octets, silent = measure(["road_thousand", "silence"], TINY)
    assert seconds.ours > 0
    assert octets.ours > octets.against > 0
    assert (silent.ours, silent.holds) == (0, True)
    told = json.loads(as_json([seconds, octets, silent]))
    assert {"name", "ours", "against", "ratio", "bar", "holds"} <= set(told["results"][0])
    assert [line.split()[0] for line in as_text([silent]).splitlines()[:2]] == ["name", "silence"]


@pytest.mark.processes
@pytest.mark.enable_socket
def test_a_window_is_started_searched_and_worked_with() -> None:
    start, memory, paint, gap = measure(["window_start", "window_search", "window_hour"], TINY)
    assert start.ours > 0
    assert start.against > 0
    assert memory.ours > 20
    assert 0 < paint.ours < 5
    assert gap.ours > 0
