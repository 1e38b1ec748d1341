"""The protocol of a delivery: who takes what, by which number, with lines for what is not known yet."""

from datetime import date

import pytest

from app.printing.delivery import Handed, delivery_protocol
from app.printing.output import to_pdf
from resources.speech import Language, speech
from tests.unit.printing import requests
from tests.unit.printing.rendering import text_of, tight

LYING = Handed(number="26-000005/20.11.2026", title="Удостоверение", outcome="Издаден документ", copies=2, sheets=1)
TAKEN = Handed(
    number="26-000005/20.11.2026",
    title="Удостоверение за настоящ адрес",
    outcome="Издаден документ",
    copies=2,
    sheets=1,
    receiver=requests.ASKING.name,
    identifier=requests.ASKING.identifier,
    on=date(2026, 11, 20),
    note="пълномощник, пълномощно № 12",
)


def said(handed: Handed, language: Language = "bg") -> str:
    """Return the text of the protocol, without white space."""
    content = requests.request()
    return text_of(to_pdf(delivery_protocol(content, handed, speech(language)), content.number))


def test_the_protocol_says_who_takes_what_by_which_number() -> None:
    """НОДА чл. 148."""
    text = said(TAKEN)
    for one in (
        *("Протокол за връчване", TAKEN.number, TAKEN.title, TAKEN.receiver, TAKEN.identifier, TAKEN.note),
        *("петък, 20 ноември 2026", "26-000188/20.11.2026", "предал: Служител 1, подпис", "получил: име и подпис"),
    ):
        assert tight(one) in text, one


def test_what_lies_here_still_leaves_lines_to_write_on() -> None:
    text = said(LYING)
    assert tight("Получил") in text
    assert requests.ASKING.identifier not in text


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("copies", [1, 99])
def test_it_stays_on_one_leaf(language: Language, copies: int) -> None:
    long = Handed(
        number=TAKEN.number,
        title="Удостоверение за идентичност на лице с различни имена " * 3,
        outcome=TAKEN.outcome,
        copies=copies,
        sheets=1,
    )
    assert len(delivery_protocol(requests.request(), long, speech(language))) == 1
