"""What the form offers: the right one first, whatever the keyboard did."""

from functools import cache

import pytest

from app import bootstrap
from app.ui.village.form_offers import Offers, kind_offers, service_offers, settlement_offers
from resources.loading import document_kinds, services, settlements
from resources.speech import speech


@cache
def places() -> Offers:
    """Return the settlements as a desk of Струмяни sees them."""
    return settlement_offers("BLG49").prepare()


@pytest.mark.parametrize(
    "typed", ["микрево", "МИКРЕВО", "с. Микрево", "mikrevo", "49686", "микр", "микр\u0065в\u006f", "\u004dи\u006b"]
)
def test_a_settlement_is_found_by_any_form_of_its_name_and_by_its_code(typed: str) -> None:
    assert places()(typed)[0].text == "с. Микрево"


def test_a_settlement_typed_wholly_with_latin_letters_that_look_right_is_offered_first() -> None:
    assert places()("\u0042\u0041\u0050\u0042\u0041\u0050\u0041")[0].text == "с. Варвара"


def test_settlements_of_the_own_municipality_come_first() -> None:
    notes = [one.note for one in places()("м")]
    assert notes[0] == "Струмяни"
    assert len(set(notes)) > 1


def test_every_settlement_and_service_and_kind_can_be_found_by_its_code() -> None:
    lists = bootstrap.nomenclatures()
    offered = service_offers(lists, speech("bg"))
    assert all(places().by_code(one.ekatte) is not None for one in settlements())
    assert all(str(number) in {one.code for one in offered(str(number))} for number in services())
    assert all(kind_offers(lists, speech("bg")).by_code(code) is not None for code in document_kinds())


@pytest.mark.parametrize("typed", ["2016", "наследници", "удостоверение насл", "udostoverenie nasl", "издаване наслед"])
def test_a_service_is_found_by_number_by_short_and_by_official_name(typed: str) -> None:
    offers = service_offers(bootstrap.nomenclatures(), speech("bg"))(typed)
    assert offers[0].text == "Удостоверение за наследници"


def test_a_service_of_the_town_is_offered_and_says_so() -> None:
    lists = bootstrap.nomenclatures()
    elsewhere = next(one for one in lists.services.values() if one.village_role == "centre")
    (found,) = [
        one for one in service_offers(lists, speech("bg"))(str(elsewhere.number)) if one.code == str(elsewhere.number)
    ]
    assert "в общината" in found.note


def test_nothing_fits_what_is_nowhere() -> None:
    assert list(places()("щщщщ")) == []
