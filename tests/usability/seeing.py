"""U5, U6, U11, U12, U13, U14, U15: what a person reaches, reads and is told, on every page of the village window."""

import re
from collections.abc import Iterator

from app.domain import errors
from app.domain.errors import TefterError
from app.ui.look.theme import theme
from app.ui.look.tokens import DARK, GROUNDS, LIGHT, PARTS, TEXTS, TINTS, contrast
from app.ui.village.window import VillageWindow
from resources.speech import speech
from tests.town import Town
from tests.ui import reach
from tests.ui.hands import press, quiet, settle, until
from tests.ui.village.form_hands import begin
from tests.ui.village.office import open_window
from tests.usability.figures import Check, none

PAGES = ("entries", "form", "fee", "till", "day_close", "road")
SCALES = (1.0, 1.25, 1.5, 2.0)
LATIN = re.compile(r"\b(?!USB\b|PDF\b|QR\b|EUR\b)[A-Za-z]{2,}\b")
LEAST_TARGET = 24


def pages(town: Town, window: VillageWindow) -> Iterator[str]:
    """Go through the pages by keys, each with something on it."""
    del town
    settle(0.3)
    yield "entries"
    begin(window)
    settle(0.3)
    yield "form"
    press(window, "Escape", "F3")
    until(lambda: window.current.name == "fee", "for the fee")
    settle(0.4)
    yield "fee"
    press(window, "Alt+2")
    settle(0.4)
    yield "till"
    press(window, "F8")
    until(lambda: window.current.name == "day_close", "for the count")
    settle(0.3)
    yield "day_close"
    press(window, "Alt+3")
    settle(0.4)
    yield "road"


def _filled(town: Town) -> None:
    for _ in range(3):
        town.village.pay(town.village.register().entry)
    town.village.register()


def tab_order(town: Town) -> list[Check]:
    """U5: Tab visits every control once and comes back."""
    _filled(town)
    wrong, looked_at = [], 0
    with open_window(town.village) as window:
        for page in pages(town, window):
            seen = reach.tab_round(window)
            missed = [one for one in reach.stops(window) if one not in seen]
            looked_at += len(seen)
            wrong += [f"{page}: misses {one.accessibleName() or type(one).__name__}" for one in missed]
            wrong += [f"{page}: visits twice"] if len(seen) != len(set(seen)) else []
    return [none("U5", "controls that Tab misses or visits twice", wrong, looked_at)]


def names(town: Town) -> list[Check]:
    """U6: names and roles of all controls; a label with a mnemonic of its own for every input."""
    _filled(town)
    wrong, looked_at = [], 0
    with open_window(town.village) as window:
        for page in pages(town, window):
            looked_at += len(reach.stops(window))
            for found in (reach.nameless(window), reach.unlabelled(window), reach.twice(window)):
                wrong += [f"{page}: {one}" for one in found]
    return [none("U6", "controls without name, role, label or a mnemonic of their own", wrong, looked_at)]


def large_text(town: Town) -> list[Check]:
    """U11: texts that do not fit at 100, 125, 150 and 200 % on 1366×768."""
    _filled(town)
    wrong, looked_at = [], 0
    with open_window(town.village) as window:
        for page in pages(town, window):
            for scale in SCALES:
                theme().set_scale(scale)
                window.resize(1366, 768)
                settle(0.15)
                quiet(window)
                looked_at += 1
                wrong += [f"{page} at {scale:.0%}: {one}" for one in reach.cut(window)]
                wrong += [f"{page} at {scale:.0%}: {window.width()} px wide"] if window.width() > 1366 else []
            theme().set_scale(1.0)
            settle(0.1)
    return [none("U11", "texts cut on pages × text sizes", wrong, looked_at)]


def contrasts(town: Town) -> list[Check]:
    """U12: contrast of all words and parts, in both themes."""
    del town
    wrong, looked_at = [], 0
    for name, tokens in (("light", LIGHT), ("dark", DARK)):
        pairs = [(word, ground, 4.5) for word in TEXTS for ground in GROUNDS]
        pairs += [(word, tint, 4.5) for word, tint in TINTS.items()]
        pairs += [(part, "surface", 3.0) for part in PARTS]
        looked_at += len(pairs)
        for one, other, least in pairs:
            ratio = contrast(getattr(tokens, one), getattr(tokens, other))
            if ratio < least:
                wrong.append(f"{name}: {one} on {other} {ratio:.1f}")
    return [none("U12", "pairs of colours below 4.5:1 (words) or 3:1 (parts)", wrong, looked_at)]


def targets(town: Town) -> list[Check]:
    """U13: interactive targets smaller than 24 pixels."""
    _filled(town)
    wrong, looked_at = [], 0
    with open_window(town.village) as window:
        for page in pages(town, window):
            looked_at += len(reach.stops(window))
            wrong += [f"{page}: {one}" for one in reach.small(window, LEAST_TARGET)]
    return [none("U13", "targets below 24×24 pixels", wrong, looked_at)]


def ten_days_off_line(town: Town) -> list[Check]:
    """U14: the status line after ten days without a line, and after the next exchange."""
    for _ in range(2):
        town.village.pay(town.village.register().entry)
    town.village.register()
    town.clock.tick(days=5)
    town.village.register()
    town.clock.tick(days=5)
    expected = "4 вписвания и 2 квитанции чакат потвърждение, най-старото от"
    with open_window(town.village) as window:
        until(lambda: window.status.sentence.text().startswith(expected), "for the status")
        told = window.status.sentence.text()
        press(window, "Alt+3", "F5")
        settle(0.5)
        town.centre_exchange()
        press(window, "F5")
        until(lambda: window.status.sentence.text().startswith("Всичко е потвърдено"), "for the acknowledgement")
        after = window.status.sentence.text()
    aged = "преди 10 дни" in told
    return [
        Check("U14", "ten days off line, the status says", told, f"{expected} … преди 10 дни", aged),
        Check("U14", "after the exchange it says", after, "Всичко е потвърдено …", "Всичко" in after),
    ]


def sentences(town: Town) -> list[Check]:
    """U15: every error says what happened, what is safe and what to do, in at most three sentences of Bulgarian."""
    del town
    words = speech("bg")
    wrong, looked_at = [], 0
    for kind in _all_below(TefterError):
        if kind.__module__ != errors.__name__:
            continue
        told = words.explain(kind())
        looked_at += 1
        count = len(re.findall(r"[.!?](?:\s|$)", told))
        if not 2 <= count <= 3 or LATIN.search(told) or "Traceback" in told:
            wrong.append(f"{kind.code}: {told}")
    return [none("U15", "errors whose sentence is not what happened, what is safe, what to do", wrong, looked_at)]


def _all_below(branch: type[TefterError]) -> Iterator[type[TefterError]]:
    for one in branch.__subclasses__():
        yield one
        yield from _all_below(one)
