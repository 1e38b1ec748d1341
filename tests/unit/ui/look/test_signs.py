"""A sign is told by its shape alone, at the smallest size that lists use, and is coloured by its meaning."""

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.ui.look.signs import Sign, paint_sign
from app.ui.look.tokens import DARK, LIGHT, Tokens
from tests.unit.ui.look.canvas import coverage, painted, pixels, square

GREY = "#707070"
SHAPES_ONLY = replace(LIGHT, sign_amber=GREY, sign_red=GREY, sign_green=GREY, text3=GREY, surface="#FFFFFF")
"""All meanings in one grey: what still differs is shape."""
SMALLEST = 14
WHITE = 255
CLEARLY = 48
"""Steps of lightness, a third of what lies between that grey and white."""
APART = 0.2
"""Share of what either sign paints that must clearly differ: a fifth, as a stroke across the ring adds to it."""

COLOURED = {
    Sign.WRONG: "sign_red",
    Sign.FORK: "sign_red",
    Sign.WAITS: "sign_amber",
    Sign.FINDING: "sign_amber",
    Sign.QUESTION: "sign_amber",
    Sign.SETTLED: "sign_green",
    Sign.DONE: "sign_green",
    Sign.ANNULLED: "text3",
    Sign.OPEN: "text3",
    Sign.CLEAN: "sign_green",
}
MARKED = {Sign.WRONG, Sign.FORK, Sign.FINDING, Sign.QUESTION, Sign.SETTLED}
"""Filled shapes; their mark shows the ground."""


def sign_image(
    sign: Sign, side: int = SMALLEST, tokens: Tokens = SHAPES_ONLY, *, ratio: float = 1.0, ground: str = "transparent"
) -> QImage:
    """Paint a sign that fills its sheet."""
    return painted(lambda painter: paint_sign(painter, sign, square(side), tokens), side, ratio=ratio, ground=ground)


def lightness(sign: Sign, side: int) -> list[int]:
    """Give the lightness of every pixel of a sign in grey on white."""
    return [colour.lightness() for colour in pixels(sign_image(sign, side, ground="white"))]


def full(image: QImage) -> set[str]:
    """Give the colours that are not mixed with anything."""
    return {colour.name().upper() for colour in pixels(image) if colour.alpha() == 255}


def test_every_sign_has_its_colour_here() -> None:
    assert set(COLOURED) == set(Sign)


@pytest.mark.parametrize("side", [SMALLEST, 16, 20])
def test_any_two_signs_differ_in_grey_by_shape(side: int) -> None:
    drawn = {sign: lightness(sign, side) for sign in Sign}
    alike = {
        (one.value, other.value): share
        for one, other in combinations(Sign, 2)
        if (share := _apart(drawn[one], drawn[other])) < APART
    }
    assert alike == {}


def _apart(one: list[int], other: list[int]) -> float:
    pairs = list(zip(one, other, strict=True))
    touched = sum(min(pair) < WHITE - CLEARLY for pair in pairs)
    return sum(abs(a - b) > CLEARLY for a, b in pairs) / touched


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("sign", Sign)
def test_a_sign_has_the_colour_of_its_meaning_and_its_mark_that_of_the_ground(sign: Sign, tokens: Tokens) -> None:
    colour: str = getattr(tokens, COLOURED[sign])
    expected = {colour, tokens.surface} if sign in MARKED else {colour}
    # Where a mark meets its shape mixed pixels are opaque too, so more colours are found than these.
    found = full(sign_image(sign, 96, tokens))
    assert expected <= found
    others = {getattr(tokens, name) for name in COLOURED.values()} - expected
    assert not others & found


@pytest.mark.parametrize("sign", Sign)
def test_a_sign_paints_something_within_its_square(sign: Sign) -> None:
    def paint(painter: QPainter) -> None:
        paint_sign(painter, sign, square(20, 10), SHAPES_ONLY)

    sheet = painted(paint, 40)
    inside = sheet.copy(10, 10, 20, 20)
    assert coverage(inside) > 0.08
    assert coverage(sheet) * 40 * 40 == pytest.approx(coverage(inside) * 20 * 20)


@pytest.mark.parametrize("ratio", [1.25, 1.5, 2.0])
@pytest.mark.parametrize("sign", Sign)
def test_a_sign_on_a_scaled_screen_is_drawn_for_its_pixels(sign: Sign, ratio: float) -> None:
    scaled, plain = sign_image(sign, 16, ratio=ratio), sign_image(sign, round(16 * ratio))
    assert max(abs(a.alpha() - b.alpha()) for a, b in zip(pixels(scaled), pixels(plain), strict=True)) <= 2


def test_a_sign_leaves_the_painter_as_it_was() -> None:
    def paint(painter: QPainter) -> None:
        painter.translate(3, 4)
        before = painter.transform(), painter.renderHints()
        paint_sign(painter, Sign.WAITS, QRectF(0, 0, 16, 16), LIGHT)
        assert (painter.transform(), painter.renderHints()) == before

    painted(paint, 24)


def test_the_mark_of_a_filled_sign_is_read_on_its_ground() -> None:
    for sign in MARKED:
        light = [colour for colour in pixels(sign_image(sign)) if colour.alpha() == 255 and colour.lightness() > 200]
        assert len(light) >= 4, sign
