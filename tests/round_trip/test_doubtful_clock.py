"""A clock that ran away does not take the book with it."""

from datetime import date, datetime

import pytest

from app.domain.errors import ClockDoubtful, ContentTooLong
from app.domain.office_date import SOFIA
from tests.town import Town


def test_after_a_clock_years_ahead_the_right_time_is_believed_again(town: Town) -> None:
    town.village.register()
    town.clock.moment = datetime(2031, 5, 5, 9, 0, tzinfo=SOFIA)
    town.village.register(confirmed=date(2026, 11, 16))
    town.clock.moment = datetime(2026, 11, 17, 9, 0, tzinfo=SOFIA)
    assert town.village.register().number == "17-000003/17.11.2026"


def test_a_mistyped_year_is_not_confirmed(town: Town) -> None:
    town.village.register()
    town.clock.moment = datetime(2010, 1, 1, 9, 0, tzinfo=SOFIA)
    with pytest.raises(ClockDoubtful):
        town.village.register(confirmed=date(2206, 11, 17))
    assert town.village.register(confirmed=date(2026, 11, 17)).number == "17-000002/17.11.2026"


def test_a_number_that_no_table_holds_is_told_and_nothing_is_written(town: Town) -> None:
    with pytest.raises(ContentTooLong):
        town.village.register(sheets=2**63)
    assert town.village.register().number.startswith("17-000001/")
