"""What a filing must have: kind, way of receipt, and a name or "anonymous". Nothing else."""

from datetime import date
from typing import Any

import pytest

from app.domain.entries import Filing, require
from app.domain.errors import MissingRequired
from app.domain.facts import Correspondent
from app.domain.terms import Channel, CorrespondentKind

PERSON = Correspondent(CorrespondentKind.PERSON, "Еленка Спасова Бъчварова")
ANONYMOUS = Correspondent(CorrespondentKind.ANONYMOUS, "")


def filing(**changes: Any) -> Filing:  # noqa: ANN401 - any field of it
    """Return the barest filing that is taken."""
    fields: dict[str, Any] = {
        "entry": bytes(16),
        "register": 17,
        "kind": "signal",
        "channel": Channel.BY_HAND,
        "correspondents": (PERSON,),
    }
    return Filing(**(fields | changes))


@pytest.mark.parametrize(
    "taken",
    [
        filing(),
        filing(correspondents=(ANONYMOUS,)),
        filing(correspondents=(PERSON, ANONYMOUS)),
        filing(kind="no such kind", service=999_999, sheets=-1, signed=False, sender_date=date(2099, 1, 1)),
        filing(correspondents=(Correspondent(CorrespondentKind.PERSON, "Х", identifier="not one"),)),
    ],
)
def test_whatever_else_is_odd_or_missing_never_refuses(taken: Filing) -> None:
    require(taken)


@pytest.mark.parametrize(
    ("refused", "field"),
    [
        (filing(kind=""), "kind"),
        (filing(correspondents=()), "correspondents"),
        (filing(correspondents=(Correspondent(CorrespondentKind.PERSON, ""),)), "name"),
        (filing(correspondents=(Correspondent(CorrespondentKind.LEGAL_ENTITY, " \t\u00a0"),)), "name"),
        (filing(correspondents=(Correspondent(CorrespondentKind.ADMINISTRATION, "\n"),)), "name"),
        (filing(correspondents=(PERSON, Correspondent(CorrespondentKind.PERSON, ""))), "name"),
        (filing(kind="", correspondents=()), "kind"),
    ],
)
def test_the_field_that_is_missing_is_named(refused: Filing, field: str) -> None:
    with pytest.raises(MissingRequired) as caught:
        require(refused)
    assert caught.value.facts == {"field": field}
