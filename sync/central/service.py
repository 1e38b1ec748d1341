"""The centre as a service: a thread that exchanges with the relay, beside the API."""

import threading
from collections.abc import Callable

from app.domain.errors import ExchangeFailed, StoreUnavailable
from app.ledger.engine import checkpoint
from sync.central.end import CentreEnd
from sync.exchange import exchange
from sync.transport.relay import RelayLink


class Postman:
    """Exchanges with the relay every ``interval`` seconds and whenever asked; failures are retried with back-off.

    ``admission`` gives the signed list of participants as it stands; the relay hears of every change before a round.
    ``last_success`` (UTC seconds) and ``last_failure`` (an error's code) tell how the road stands.
    """

    LONGEST = 1_800.0

    def __init__(self, end: CentreEnd, link: RelayLink, interval: float, admission: Callable[[], bytes]) -> None:
        self._end = end
        self._link = link
        self._admission = admission
        self._published = b""
        self._interval = interval
        self._turn = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="postman", daemon=True)
        self.last_success: int | None = None
        self.last_failure: str | None = None

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the round under way and end."""
        self._stop.set()
        self._thread.join()

    def exchange_now(self) -> None:
        """Do one exchange in the caller's thread.

        Raises:
            ExchangeFailed: the relay is out of reach; nothing is lost.

        """
        with self._turn:
            try:
                self._publish()
                done = exchange(self._end, self._link)
            except (ExchangeFailed, StoreUnavailable) as error:
                self.last_failure = error.code
                raise
            self.last_success, self.last_failure = int(self._end.clock.now().timestamp()), None
            if done.taken:
                checkpoint(self._end.ledger.engine)

    def _publish(self) -> None:
        """Give the relay the signed list of participants, whenever it has changed."""
        signed = self._admission()
        if signed != self._published:
            self._link.publish_admission(signed)
            self._published = signed

    def _run(self) -> None:
        pause = self._interval
        while not self._stop.wait(pause):
            try:
                self.exchange_now()
                pause = self._interval
            except (ExchangeFailed, StoreUnavailable):  # noted in last_failure; the next round tries again
                pause = max(self._interval, min(self.LONGEST, 2 * pause))
