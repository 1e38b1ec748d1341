"""The centre's postman: regular rounds, back-off after failures, and no round after he was stopped."""

import threading
from collections.abc import Sequence

import pytest

from app.domain.errors import RelayFailing, RelayUnreachable, StoreBusy
from app.services import status
from sync.central.service import Postman
from sync.transport.relay import RelayLink, Reply
from tests.town import Town


class FakeLink(RelayLink):
    """A relay that answers as the test says: None is a silent answer, an error is raised."""

    def __init__(self, answers: Sequence[Exception | None]) -> None:
        self.answers = list(answers)
        self.called = threading.Event()
        self.lists: list[bytes] = []

    def publish_admission(self, signed_list: bytes) -> None:
        """Take a list."""
        self.lists.append(signed_list)

    def exchange(self, deposits: Sequence[bytes], releases: Sequence[bytes]) -> Reply:
        """Answer the next of the answers, then silently."""
        self.called.set()
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        return Reply([], [], more=False, octets=len(deposits) + len(releases))


class Pauses:
    """Stands for the postman's waiting: notes each pause and lets it pass at once."""

    def __init__(self, rounds: int) -> None:
        self.noted: list[float] = []
        self._rounds = rounds

    def wait(self, pause: float) -> bool:
        """Note the pause; return whether it is time to stop."""
        self.noted.append(pause)
        return len(self.noted) > self._rounds


def _pauses(
    town: Town, answers: Sequence[Exception | None], interval: float, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[float], Postman]:
    town.centre_exchange()
    postman = Postman(town.centre_end(), FakeLink(answers), interval, lambda: b"list")
    pauses = Pauses(len(answers))
    monkeypatch.setattr(postman, "_stop", pauses)
    postman._run()
    return pauses.noted, postman


def test_after_each_failure_the_pause_doubles_up_to_half_an_hour(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    failures = [RelayUnreachable(why="ConnectionError")] * 7
    noted, postman = _pauses(town, failures, 60.0, monkeypatch)
    assert noted == [60, 120, 240, 480, 960, 1_800, 1_800, 1_800]
    assert postman.last_failure == "relay_unreachable"


def test_a_success_brings_the_old_pause_back(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [RelayFailing(status=500), StoreBusy(), None, RelayFailing(status=503)]
    noted, postman = _pauses(town, answers, 60.0, monkeypatch)
    assert noted == [60, 120, 240, 60, 120]
    assert postman.last_failure == "relay_failing"


def test_a_postman_who_comes_seldom_does_not_come_more_often_after_a_failure(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an interval above half an hour a failure made the pause shorter."""
    noted, _ = _pauses(town, [RelayFailing(status=500)] * 2, 3_600.0, monkeypatch)
    assert noted == [3_600, 3_600, 3_600]


def test_a_failure_loses_nothing(town: Town) -> None:
    done = town.village.register()
    town.village.pay(done.entry)
    town.village.exchange()
    town.centre_exchange()
    town.centre_exchange()
    postman = Postman(town.centre_end(), FakeLink([RelayUnreachable(why="Timeout")]), 60.0, lambda: b"list")
    assert town.accept_clean() == 1
    with pytest.raises(RelayUnreachable):
        postman.exchange_now()
    assert town.centre_exchange().held == 1
    town.village.exchange()
    assert status.of(town.village.store).accepted == 1


def test_a_real_postman_goes_his_round_and_ends_when_stopped(town: Town) -> None:
    link = FakeLink([RelayFailing(status=500)])
    postman = Postman(town.centre_end(), link, 0.001, lambda: b"list")
    postman.start()
    assert link.called.wait(30)
    postman.stop()
    assert not postman._thread.is_alive()


def test_an_exchange_asked_for_tells_its_failure_to_who_asked(town: Town) -> None:
    postman = Postman(town.centre_end(), FakeLink([RelayFailing(status=500)]), 60.0, lambda: b"list")
    with pytest.raises(RelayFailing):
        postman.exchange_now()
    postman.exchange_now()


def test_the_relay_hears_of_the_list_of_participants_once_and_of_every_change(town: Town) -> None:
    link, lists = FakeLink([]), [b"first"]
    postman = Postman(town.centre_end(), link, 60.0, lambda: lists[-1])
    postman.exchange_now()
    postman.exchange_now()
    lists.append(b"second")
    postman.exchange_now()
    assert link.lists == [b"first", b"second"]
