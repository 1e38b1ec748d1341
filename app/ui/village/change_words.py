"""What a correction changed, in words (какво е поправено): values as people read them, identifiers masked."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.desk_lists import KindField
from app.domain.terms import (
    Channel,
    CorrespondentKind,
    CorrespondentRole,
    IdentifierKind,
    PaperState,
    ResultWay,
    Speed,
)
from app.ui.own_words import field_label, own_value, paper_name
from app.ui.village.session import Session
from app.ui.village.wording import kind_name, service_name
from resources.speech import masked

if TYPE_CHECKING:
    from app.ledger.timeline import Change

_CODES: dict[str, type[StrEnum]] = {
    "channel": Channel,
    "speed": Speed,
    "result_way": ResultWay,
    "role": CorrespondentRole,
    "kind": CorrespondentKind,
    "identifier_kind": IdentifierKind,
    "papers": PaperState,
}
_UNSAID = frozenset({"due.article", "due.rules", "fee.currency", "fee.tariff", "fee.article"})
"""What follows from what is said already."""


class ChangeWords:
    """The words of what was corrected in an entry of this kind and service."""

    def __init__(self, session: Session, kind: str, service: int | None) -> None:
        self._session, self._speech, self._lists = session, session.speech, session.lists
        self._own = {one.code: one for one in self._lists.fields.get(kind, ())}
        self._papers = {one.code: one for one in self._lists.papers.get(service or 0, ())}
        self._ways: dict[str, Callable[[str], str]] = {
            "kind": lambda code: kind_name(self._lists, code, self._speech),
            "service": lambda number: service_name(self._lists, int(number)) or number,
            "fee.cents": lambda cents: self._speech.money(int(cents)),
            "due.on": self._day,
            "received.on": self._day,
            "sender_date": self._day,
            "signed": self._yes_or_no,
            "before_closing": self._yes_or_no,
        }

    def lines(self, changes: "Sequence[Change]") -> Iterator[str]:
        """Return a line for each change: what stood, and what stands now."""
        for one in changes:
            if one.field not in _UNSAID:
                old, new = (self._value(one.field, value) for value in (one.before, one.after))
                label = self._label(one.field)
                yield self._speech.say("village.details.change", field=label, before=old, after=new)

    def _label(self, field: str) -> str:
        root, _, code = field.partition(".")
        if root == "particulars":
            return field_label(self._own[code], self._speech) if code in self._own else code
        if root == "papers":
            return paper_name(self._papers[code], self._speech)[0] if code in self._papers else code
        return self._speech.say(f"village.field.{root}")

    def _value(self, field: str, value: object) -> str:
        root, name = field.partition(".")[0], field.rpartition(".")[2]
        if value is None or value == "":
            return "–"
        own = self._own.get(name) if root == "particulars" else None
        codes = _CODES.get("papers" if root == "papers" else name)
        way = self._ways.get(field) or self._way(root, name, own, codes)
        return way(str(value))

    def _way(self, root: str, name: str, own: KindField | None, codes: type[StrEnum] | None) -> Callable[[str], str]:
        """Return how the values of a part are said."""
        if own is not None:
            return lambda text: own_value(self._lists, own, text, self._speech)
        if codes is not None and root != "particulars":
            return lambda code: self._speech.label(codes(code))
        if root == "correspondents" and name == "identifier":
            return masked
        return self._session.settlement_name if name == "settlement" else str

    def _day(self, text: str) -> str:
        return self._speech.date(date.fromisoformat(text))

    def _yes_or_no(self, text: str) -> str:
        return self._speech.say(f"village.form.early_{'yes' if text == 'True' else 'no'}").lower()
