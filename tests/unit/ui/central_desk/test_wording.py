"""How the desk says things: every state has its reason, what is safe and what to do, in both languages."""

from datetime import date

import pytest

from app.domain.terms import (
    ArrivalState,
    Channel,
    FindingCode,
    ResultWay,
    Road,
    Speed,
    TownState,
    VillageState,
)
from app.ui.central_desk import batch_words, values
from app.ui.central_desk.village_items import FILTERS, FOLDED_FROM, Fold, items, silent_days
from app.ui.central_desk.village_panel import lead_of
from app.ui.central_desk.wording import Words, colour_of, explained, group_of, sign_of, tone_of
from app.ui.widgets.ledger import Head, Row
from resources.speech import Language, speech
from sync.central import answers, history

NOW = 1_795_176_000
DAY = 86_400
LANGUAGES: tuple[Language, ...] = ("bg", "en")


def reason(state: VillageState, **facts: object) -> answers.VillageReason:
    """Make a reason with all its facts."""
    whole = {"count": 2, "batch": 7, "code": None, "cents": -210, "day": date(2026, 11, 19), "since": NOW - DAY}
    return answers.VillageReason(state=state, **(whole | facts))  # type: ignore[arg-type]  # any fact of a reason


def village(name: str, *reasons: answers.VillageReason, **facts: object) -> answers.Village:
    """Make a village with these reasons, worst first."""
    whole: dict[str, object] = {
        "station": name.encode().hex(),
        "name": name,
        "registers": (),
        "tills": (17,),
        "admitted_at": NOW - 40 * DAY,
        "last_contact": NOW - 5 * DAY,
        "last_road": Road.RELAY,
        "last_batch": 4,
        "revoked": False,
        "state": reasons[0].state,
        "reasons": reasons,
        "waiting": answers.Waiting(),
        "entries": 3,
        "receipts": 2,
        "facts": 9,
        "till_cents": 256,
        "till_since": date(2026, 11, 18),
        "days": (0,) * answers.DAYS,
    }
    return answers.Village(**(whole | facts))  # type: ignore[arg-type]  # any fact of a village


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", VillageState)
@pytest.mark.parametrize("count", [1, 2])
def test_every_state_is_said_with_its_reason_what_is_safe_and_what_to_do(
    language: Language, state: VillageState, count: int
) -> None:
    words = Words(speech(language), NOW)
    said = [words.state(state), words.reason(reason(state, count=count)), *words.advice(state)]
    assert all(said)
    assert not any("{" in one or "None" in one or "  " in one for one in said)
    assert (bool(colour_of(state)), bool(tone_of(state)), bool(sign_of(state))) == (True, True, True)


@pytest.mark.parametrize(
    ("cents", "code", "said"),
    [
        (-210, FindingCode.CASH_DIFFERENCE, "Липсват 2,10\u00a0EUR на 19.11.2026."),
        (20, FindingCode.CASH_DIFFERENCE, "В повече са 0,20\u00a0EUR на 19.11.2026."),
        (0, FindingCode.CASH_DIFFERENCE, "Касата не излиза на 19.11.2026."),
        (0, FindingCode.DAY_DIFFERS, "Приключването на 19.11.2026 не отговаря на документите."),
    ],
)
def test_a_cash_difference_is_said_in_words(cents: int, code: FindingCode, said: str) -> None:
    one = reason(VillageState.CASH_DIFFERENCE, count=1, cents=cents, code=code)
    assert Words(speech("bg"), NOW).reason(one) == said


def test_many_clean_villages_fold_and_open_and_few_do_not() -> None:
    words = Words(speech("bg"), NOW)
    clean = [village(f"Чисто {at}", reason(VillageState.CLEAN)) for at in range(FOLDED_FROM)]
    worst = village("Глухар", reason(VillageState.FORK))
    shown = items(words, [worst, *clean], frozenset(), folds=True)
    assert [type(one) for one in shown] == [Head, Row, Head]
    assert shown[-1].key == Fold("clean")
    assert len(items(words, [worst, *clean], frozenset({"clean"}), folds=True)) == 3 + FOLDED_FROM
    few = items(words, [worst, *clean[1:]], frozenset(), folds=True)
    assert (len(few), few[2].key) == (2 + FOLDED_FROM, None)


def test_the_chips_choose_by_group_and_by_any_reason() -> None:
    both = village("Мост", reason(VillageState.GAP), reason(VillageState.SILENT))
    clean = village("Бойно", reason(VillageState.CLEAN))
    chosen = {name: [one.name for one in (both, clean) if holds(one)] for name, holds in FILTERS.items()}
    assert chosen["all"] == ["Мост", "Бойно"]
    assert (chosen["urgent"], chosen["silent"], chosen["clean"]) == (["Мост"], ["Мост"], ["Бойно"])
    assert (chosen["waits"], chosen["cash"]) == ([], [])


def test_the_days_of_silence_are_those_since_the_last_contact() -> None:
    words = Words(speech("bg"), NOW)
    silent = reason(VillageState.SILENT)
    assert silent_days(words, village("Мост", silent)) == 5
    assert silent_days(words, village("Мост", silent, last_contact=None)) == answers.DAYS
    assert silent_days(words, village("Мост", reason(VillageState.CLEAN))) == 0


@pytest.mark.parametrize(
    ("state", "waiting", "leads"),
    [
        (VillageState.GAP, answers.Waiting(), "batches"),
        (VillageState.GAP, answers.Waiting(person=1), "lines"),
        (VillageState.CASH_DIFFERENCE, answers.Waiting(), "receipts"),
        (VillageState.NUMBER_PROBLEM, answers.Waiting(), "entries"),
        (VillageState.DISPUTED, answers.Waiting(disputed=1), "entries"),
        (VillageState.CLEAN, answers.Waiting(), "entries"),
    ],
)
def test_enter_leads_to_where_a_village_is_worked_on(state: VillageState, waiting: answers.Waiting, leads: str) -> None:
    assert lead_of(village("Мост", reason(state), waiting=waiting)) == leads


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_that_a_correction_changes_has_its_name_and_a_way_to_say_its_values(language: Language) -> None:
    plain = {"correspondents", "subject", "sheets", "sender_number"}
    ways = values.changed_ways(speech(language))
    for field in history._CONTENT:
        assert speech(language).say(f"desk.field.{field}")
        assert (field in ways) != (field in plain), field


def test_values_of_a_correction_are_said_in_words() -> None:
    ways = values.changed_ways(speech("bg"))
    assert ways["fee"]("256") == "2,56\u00a0EUR"
    assert ways["due"]("2026-11-20") == "петък, 20 ноември 2026"
    assert ways["speed"](Speed.FAST.value) == "бърза"
    assert ways["channel"](Channel.POST.value) == "по пощата"
    assert ways["result_way"](ResultWay.AT_DESK.value) == "на мястото на подаване"
    assert (ways["signed"]("True"), ways["signed"]("False")) == ("да", "не")
    assert values.settlement("99999") == "99999"


def test_a_batch_says_totals_that_differ_and_why_it_is_not_recorded() -> None:
    totals = answers.Totals(entries=2, receipts=1, cents_in=256, cents_out=0)
    batch = answers.Batch(
        place=1,
        envelope="00" * 16,
        station=None,
        village=None,
        number=3,
        first=None,
        last=None,
        facts=0,
        road=Road.FILE,
        sealed_at=None,
        arrived_at=NOW,
        state=ArrivalState.SET_ASIDE,
        code="altered",
        stated=totals,
        recomputed=None,
        acknowledgement=None,
    )
    assert batch_words.differ(batch)
    assert batch_words.acknowledgement(speech("bg"), batch) == "няма"
    assert batch_words.totals(speech("bg"), totals) == "2 вписвания, 1 квитанция, 2,56\u00a0EUR"
    assert explained(speech("bg"), "altered").startswith("Пликът е променен по пътя.")
    assert (explained(speech("bg"), "of_tomorrow"), explained(speech("bg"), None)) == ("of_tomorrow", "")


def test_every_state_of_an_entry_has_its_word() -> None:
    for state in TownState:
        assert speech("bg").say(f"desk.state.{state.value}")
    assert {group_of(one) for one in VillageState} == {"urgent", "waits", "clean"}
