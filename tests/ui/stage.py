"""A small town with one entry in every state that a village knows (сцена): for pictures and for checks of all pages."""

from datetime import date, timedelta
from random import Random
from typing import Any

import msgspec

from app.demonstration.people import person
from app.domain.entries import Filing
from app.domain.facts import Correspondent
from app.domain.terms import (
    CorrespondentKind,
    DeliveryState,
    DeliveryWay,
    DisputeReason,
    Ending,
    IdentifierKind,
    Outcome,
    ResultWay,
)
from app.services import endings, registration, results
from app.ui.village.window import VillageWindow
from sync.central import decisions
from tests.town import TestVillage, Town
from tests.ui.hands import press, quiet, type_text

STATES = (
    "accepted",
    "corrected",
    "disputed",
    "answered",
    "annulled",
    "voided",
    "relayed",
    "sealed",
    "sent",
    "forwarded",
)
"""The states, in the order of their numbers: the first is 17-000001."""

UNPAID, NOTE = DisputeReason.FEE_MISSING, "Приложете копие на квитанцията."
WEEKS = timedelta(days=21)


def somebody(seed: int) -> Correspondent:
    """Return an invented person with an ЕГН."""
    one = person(Random(seed))  # noqa: S311 - it invents people
    return Correspondent(
        CorrespondentKind.PERSON,
        one.name,
        identifier_kind=IdentifierKind.EGN,
        identifier=one.egn,
        settlement="49686",
        address="ул. „Първа“ 12",
    )


def _register(village: TestVillage, seed: int, **changes: Any) -> Filing:  # noqa: ANN401 - any field of a filing
    filing = village.filing(correspondents=(somebody(seed),), sheets=2, **changes)
    village.town.clock.tick(minutes=7)
    registration.register(village.store, village.lists, filing, today(village.town))
    return filing


def fill(town: Town) -> None:
    """Let the first village's register hold one entry in each of ``STATES``; the first four are weeks old."""
    village = town.village
    old = [_register(village, seed) for seed in range(4)]
    village.pay(old[0].entry)
    village.pay(old[1].entry)
    _through(town)
    town.accept_clean()
    for one in old[2:]:
        decisions.dispute(town.centre, one.entry, UNPAID, NOTE, 1)
    _through(town)
    registration.correct(village.store, village.lists, old[1].entry, _mended(old[1]), "Три листа, не два")
    registration.answer_dispute(village.store, old[3].entry, "Таксата е платена на касата в общината.")
    town.clock.tick(days=WEEKS.days)
    village.annul(_register(village, 5).entry)
    voided = village.pay(_register(village, 6).entry)
    village.void(voided.receipt)
    village.pay(_register(village, 7, result_way=ResultWay.AT_DESK).entry)
    village.exchange()
    village.pay(_register(village, 8, subject="Удостоверение за постоянен адрес, за пред банка").entry)
    _conclude(village)


def _conclude(village: TestVillage) -> None:
    """Issue a result and send it; forward what is for another municipality."""
    store, now = village.store, today(village.town)
    filing = _register(village, 9, result_way=ResultWay.POST_REGISTERED)
    said = results.Issuing(village.new_id(), filing.entry, Outcome.DOCUMENT, "Удостоверение за настоящ адрес", copies=2)
    results.issue(store, said)
    way, who = DeliveryWay.POST, filing.correspondents[0].name
    results.deliver(store, results.Delivering(said.result, DeliveryState.SENT, way, now, who, tracking="PS 2700 0412"))
    signal = _register(village, 10, kind="signal", service=None, speed=None, subject="Дупки по пътя за Струмяни")
    said_of_it = endings.EndingSaid(Ending.FORWARDED, "Община Струмяни", told_on=now)
    endings.end(store, signal.entry, said_of_it)


def _mended(filing: Filing) -> Filing:
    return msgspec.structs.replace(filing, sheets=3)


def _through(town: Town) -> None:
    """Carry what there is both ways."""
    town.village.exchange()
    town.centre_exchange()
    town.village.exchange()


def number(state: str) -> str:
    """Return the number of the entry in a state, without its date."""
    return f"17-{STATES.index(state) + 1:06d}"


def today(town: Town) -> date:
    """Return the town's day."""
    return town.clock.now().date()


def find(window: VillageWindow, state: str) -> None:
    """Choose the entry in a state, by its number."""
    press(window, "Alt+1", "Ctrl+F")
    type_text(window, number(state))
    press(window, "Return")
    quiet(window)
