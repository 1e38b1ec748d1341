"""Objects of Qt end on the window's thread, whoever asks for memory meanwhile."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.ui.collecting import Collector

ended_on: list[str] = []
HERE = threading.current_thread().name


class Ends(QObject):
    """Says on which thread it ends; only the collector can end it."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self

    def __del__(self) -> None:
        """Write the thread down."""
        ended_on.append(threading.current_thread().name)


@pytest.fixture
def collector() -> Iterator[Collector]:
    """A collector at work."""
    ended_on.clear()
    made = Collector()
    made.begin()
    yield made
    made.end()


def on_a_worker() -> list[list[int]]:
    """Return what a thread that is not the window's made: so much that Python would collect all its generations."""
    made: list[list[int]] = []
    worker = threading.Thread(target=lambda: made.extend([place] for place in range(400_000)), name="worker")
    worker.start()
    worker.join()
    return made


def test_without_it_a_worker_would_end_them() -> None:
    ended_on.clear()
    gc.enable()
    Ends()
    on_a_worker()
    gc.disable()
    assert ended_on == ["worker"], "what the collector is for"


def test_with_it_they_end_on_the_window_s_thread(collector: Collector, qtbot: QtBot) -> None:
    Ends()
    made = on_a_worker()
    assert ended_on == [], "no worker ends them"
    assert not gc.isenabled()
    qtbot.waitUntil(lambda: ended_on == [HERE], timeout=3_000)
    assert len(made) == 400_000
    assert collector is not None


def test_after_it_python_collects_again() -> None:
    made = Collector()
    made.begin()
    made.end()
    assert gc.isenabled()
    gc.disable()


def test_few_objects_are_left_alone(collector: Collector) -> None:
    gc.collect()
    before = gc.get_stats()[0]["collections"]
    collector.look()
    assert gc.get_stats()[0]["collections"] == before
