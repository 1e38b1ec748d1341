"""Every word and every part can be read on every ground, in both themes (WCAG 2.2, 1.4.3 and 1.4.11)."""

import pytest

from app.ui.look.tokens import (
    DARK,
    GROUNDS,
    LIGHT,
    PART_CONTRAST,
    PARTS,
    TEXTS,
    TINTS,
    WORD_CONTRAST,
    Tokens,
    contrast,
    names,
)

THEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


def test_black_on_white_is_the_greatest_contrast() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", THEMES)
def test_every_word_can_be_read_on_every_ground(tokens: Tokens) -> None:
    pairs = {
        (word, ground): contrast(getattr(tokens, word), getattr(tokens, ground)) for word in TEXTS for ground in GROUNDS
    }
    assert {pair: ratio for pair, ratio in pairs.items() if ratio < WORD_CONTRAST} == {}


@pytest.mark.parametrize("tokens", THEMES)
def test_words_can_be_read_on_their_tints_and_on_the_filled_button(tokens: Tokens) -> None:
    for word, tint in TINTS.items():
        for one in (word, "text", "text2"):
            assert contrast(getattr(tokens, one), getattr(tokens, tint)) >= WORD_CONTRAST, (one, tint)
    assert contrast(tokens.on_accent, tokens.accent) >= WORD_CONTRAST


@pytest.mark.parametrize("tokens", THEMES)
def test_every_part_stands_out_from_the_surface(tokens: Tokens) -> None:
    for part in (*PARTS, "accent"):
        assert contrast(getattr(tokens, part), tokens.surface) >= PART_CONTRAST, part


@pytest.mark.parametrize("tokens", THEMES)
def test_every_colour_is_written_in_full(tokens: Tokens) -> None:
    for name in names():
        value = getattr(tokens, name)
        assert len(value) == 7
        assert value == "#" + value[1:].upper(), name
