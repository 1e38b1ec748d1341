"""The desk's way to the centre's API (``sync/central/api.py``): one typed method for each route, blocking, without Qt.

It belongs to one worker thread. Every answer is read strictly; every refusal comes back as the error that the centre
raised. A decision whose answer was lost may be repeated: the same decision again is no change.
"""

import functools
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from app.domain.errors import DeskRefused, DeskUnreachable, Malformed, TefterError
from app.domain.terms import DisputeReason, TownState
from sync.central import answers

if TYPE_CHECKING:
    import requests

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 30.0
EXCHANGE_SECONDS = 300.0
"""An exchange speaks with the relay until nothing is left to fetch."""

_OK, _UNAUTHORIZED = 200, 401

Answer = TypeVar("Answer", bound=answers.Answer)


class DeskClient:
    """The centre's service at ``url``, spoken to with the desk's ``token``.

    Every method raises DeskUnreachable where no answer comes in time, DeskRefused where the service does not admit this
    desk or speaks another form, and otherwise the error of the taxonomy that the centre answered with.
    """

    def __init__(self, url: str, token: str, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._url = url.rstrip("/")
        self._token = token
        self._answer_seconds = answer_seconds
        self._kept: requests.Session | None = None

    def close(self) -> None:
        """Let go of the connection."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    # --- reading ----------------------------------------------------------------------------------------------------

    def office(self) -> answers.Office:
        """Return who the centre is, what it holds, and the revision that changes with every change."""
        return self._get("/v1/office", answers.Office)

    def villages(self) -> answers.Villages:
        """Return all villages, worst first."""
        return self._get("/v1/villages", answers.Villages)

    def findings(self) -> answers.Findings:
        """Return what was found beyond single entries, and what is not recorded."""
        return self._get("/v1/findings", answers.Findings)

    def batches(self, station: str | None = None, before: int | None = None, limit: int = 100) -> answers.Batches:
        """Return a page of batches, newest first; ``before`` comes from the page before."""
        return self._get("/v1/batches", answers.Batches, station=station, before=before, limit=limit)

    def batch(self, envelope: str) -> answers.BatchDetails:
        """Return one batch with its facts, or raise UnknownBatch."""
        return self._get(f"/v1/batches/{envelope}", answers.BatchDetails)

    def entries(
        self,
        station: str | None = None,
        town: TownState | None = None,
        number: str = "",
        before: int | None = None,
        limit: int = 100,
    ) -> answers.Entries:
        """Return a page of entries, newest first; ``number`` as people type it."""
        asked = {"station": station, "town": town, "number": number or None, "before": before, "limit": limit}
        return self._get("/v1/entries", answers.Entries, **asked)

    def entry(self, entry: str, *, identifiers: bool = False) -> answers.EntryDetails:
        """Return everything of an entry, or raise UnknownEntry; personal identifiers only where they are asked for."""
        return self._get(f"/v1/entries/{entry}", answers.EntryDetails, identifiers=int(identifiers))

    def receipts(self, station: str | None = None, before: int | None = None, limit: int = 100) -> answers.Receipts:
        """Return a page of receipts, newest first."""
        return self._get("/v1/receipts", answers.Receipts, station=station, before=before, limit=limit)

    def receipt(self, receipt: str, *, identifiers: bool = False) -> answers.ReceiptDetails:
        """Return everything of a receipt, or raise UnknownReceipt."""
        return self._get(f"/v1/receipts/{receipt}", answers.ReceiptDetails, identifiers=int(identifiers))

    def lines(
        self, station: str | None = None, *, clean: bool | None = None, after: int = 0, limit: int = 100
    ) -> answers.Lines:
        """Return a page of the lines that wait, in order of arrival; only clean or only other ones where asked."""
        sort = None if clean is None else int(clean)
        return self._get("/v1/lines", answers.Lines, station=station, clean=sort, after=after, limit=limit)

    # --- deciding ---------------------------------------------------------------------------------------------------

    def accept_clean(self, seen: int, station: str | None = None) -> answers.AcceptedClean:
        """Accept all clean lines, of one station or of all, as they were at the position ``seen``."""
        return self._post("/v1/accept-clean", answers.AcceptedClean, answers.AcceptClean(seen=seen, station=station))

    def accept(self, entry: str, seen: int) -> str:
        """Accept one line as it was ``seen``; return its central number.

        Raises:
            UnknownEntry, AlreadyDecided, LineChanged: nothing was decided.

        """
        said = answers.AcceptOne(seen=seen)
        return self._post(f"/v1/entries/{entry}/accept", answers.Accepted, said).central_number

    def dispute(self, entry: str, reason: DisputeReason, note: str, seen: int) -> None:
        """Dispute one line as it was ``seen``.

        Raises:
            UnknownEntry, AlreadyDecided, LineChanged, ReasonRequired: nothing was decided.

        """
        said = answers.DisputeOne(seen=seen, reason=reason, note=note)
        self._post(f"/v1/entries/{entry}/dispute", answers.Done, said)

    def exchange(self) -> None:
        """Let the centre exchange with the relay now, or raise ExchangeFailed as the centre met it."""
        self._post("/v1/exchange", answers.Done, answers.Done(), EXCHANGE_SECONDS)

    # --- the road to the service ------------------------------------------------------------------------------------

    def _get(self, path: str, kind: type[Answer], **asked: object) -> Answer:
        query = {name: value for name, value in asked.items() if value is not None}
        return self._ask("GET", path, kind, self._answer_seconds, params=query)

    def _post(self, path: str, kind: type[Answer], said: answers.Answer, seconds: float | None = None) -> Answer:
        return self._ask("POST", path, kind, seconds or self._answer_seconds, data=msgspec.json.encode(said))

    def _session(self) -> "requests.Session":
        if self._kept is None:
            import requests  # noqa: PLC0415 - the window must not wait for it at the start

            self._kept = requests.Session()
            self._kept.trust_env = False
            self._kept.headers.update({"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"})
        return self._kept

    def _ask(self, method: str, path: str, kind: type[Answer], seconds: float, **what: Any) -> Answer:  # noqa: ANN401 - requests' own words
        if not self._token.isascii():  # typed with the wrong keyboard: no header could carry it
            raise DeskRefused(status=_UNAUTHORIZED)
        session = self._session()
        from requests import RequestException  # noqa: PLC0415 - loaded with the session

        try:
            reply = session.request(
                method, self._url + path, timeout=(CONNECT_SECONDS, seconds), allow_redirects=False, **what
            )
        except RequestException as error:
            raise DeskUnreachable(why=type(error).__name__) from error
        if reply.status_code != _OK:
            raise _refusal(reply.status_code, reply.content)
        try:
            return msgspec.json.decode(reply.content, type=kind)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise DeskRefused(status=reply.status_code) from error


def _refusal(status: int, content: bytes) -> TefterError:
    """Return the error that a refusal names; one that this program does not know is DeskRefused."""
    try:
        said = msgspec.json.decode(content, type=answers.Refusal)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return DeskRefused(status=status)
    known = errors_by_code().get(said.error)
    # "Malformed" is what was sent from here, no envelope: a desk of another version.
    if known is None or known is Malformed:
        return DeskRefused(status=status)
    return known(**said.facts)


@functools.cache
def errors_by_code() -> dict[str, type[TefterError]]:
    """Return every class of the taxonomy by its code."""

    def below(branch: type[TefterError]) -> list[type[TefterError]]:
        return [branch, *(one for child in branch.__subclasses__() for one in below(child))]

    return {one.code: one for one in below(TefterError)}
