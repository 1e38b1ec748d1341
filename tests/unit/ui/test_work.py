"""Work off the GUI thread: answers and errors of the taxonomy come back on it, everything else is raised there."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import DiskFull, TefterError
from app.ui.work import Later, Newest, Worker


@pytest.fixture
def worker(qapp: object) -> Iterator[Worker]:
    """A worker that ends with the test."""
    del qapp
    made = Worker("test")
    yield made
    made.close()


def test_the_answer_comes_on_the_thread_that_asked(worker: Worker, qtbot: QtBot) -> None:
    threads: list[str] = []
    heard: list[str] = []
    wrong: list[TefterError] = []

    def then(name: str) -> None:
        threads.append(threading.current_thread().name)
        heard.append(name)

    worker.ask(lambda: threading.current_thread().name, then, wrong.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].startswith("test")
    assert threads == [threading.current_thread().name]
    assert not worker.busy
    assert wrong == []


def test_an_error_of_the_taxonomy_goes_to_its_hearer(worker: Worker, qtbot: QtBot) -> None:
    heard: list[TefterError] = []

    def full() -> None:
        raise DiskFull

    worker.ask(full, lambda _answer: None, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], DiskFull)


def test_a_bug_is_raised_where_the_program_sees_it(worker: Worker, qtbot: QtBot) -> None:
    heard: list[object] = []

    def bug() -> None:
        raise LookupError

    with qtbot.captureExceptions() as raised:
        worker.ask(bug, heard.append, heard.append)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is LookupError
    assert heard == []


def test_work_is_done_in_the_order_in_which_it_was_asked(worker: Worker, qtbot: QtBot) -> None:
    done: list[int] = []
    for number in range(50):
        worker.ask(lambda number=number: number, done.append, lambda _error: None)  # type: ignore[misc]  # bound now
    qtbot.waitUntil(lambda: len(done) == 50)
    assert done == list(range(50))


def test_only_the_newest_question_is_heard(worker: Worker, qtbot: QtBot) -> None:
    gate = threading.Event()
    heard: list[str] = []
    newest = Newest(worker)
    newest.ask(lambda: (gate.wait(5), "first")[1], heard.append, lambda _error: None)
    newest.ask(lambda: "second", heard.append, lambda _error: None)
    newest.ask(lambda: "third", heard.append, lambda _error: None)
    gate.set()
    qtbot.waitUntil(lambda: bool(heard))
    qtbot.waitUntil(lambda: not worker.busy)
    assert heard == ["third"]


def test_what_was_asked_last_is_done_before_a_finishing_end(qapp: object) -> None:
    del qapp
    done: list[int] = []
    worker = Worker("last")
    gate = threading.Event()
    worker.ask(gate.wait, lambda _answer: None, lambda _error: None)
    worker.ask(lambda: done.append(1), lambda _answer: None, lambda _error: None)
    gate.set()
    worker.close(finish=True)
    assert done == [1]


def test_what_comes_later_is_made_once_by_whoever_asks_first(qtbot: QtBot) -> None:
    made: list[str] = []
    gate = threading.Event()

    def make() -> str:
        gate.wait(5)
        made.append(threading.current_thread().name)
        return "made"

    later = Later(make)
    one, other = Worker("one"), Worker("other")
    heard: list[str] = []
    one.ask(later.get, heard.append, lambda _error: None)
    other.ask(later.get, heard.append, lambda _error: None)
    assert not later.made
    gate.set()
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == ["made", "made"]
    assert len(made) == 1
    assert later.made
    one.close()
    other.close()


def test_what_could_not_be_made_says_so_every_time() -> None:
    tries: list[int] = []

    def make() -> str:
        tries.append(1)
        raise DiskFull

    later = Later(make)
    told = []
    for _ in range(2):
        with pytest.raises(DiskFull) as raised:
            later.get()
        told.append(raised.value)
    assert told[0] is told[1]
    assert len(tries) == 1
    assert not later.made


def test_what_is_there_already_is_given_at_once() -> None:
    later = Later.of(3)
    assert later.made
    assert later.get() == 3
