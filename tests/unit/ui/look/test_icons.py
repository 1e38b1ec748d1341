"""Every icon draws something, inside its square, in the colour asked for, sharp at every scale of the screen."""

import re
import subprocess
import sys
from importlib.resources import files

import pytest
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from app.ui.look import icons
from app.ui.look.icons import icon_names, paint_icon
from tests.unit.ui.look.canvas import border, coverage, painted, pixels, square

INK = QColor("#1D4A86")
NAMES = sorted(icon_names())
PROMISED = (
    "inbox cash coin box search road road_off help person printer plus house monitor compare chart batch check "
    "arrow_right chevron_right chevron_down shield_check refresh usb lock save close calendar note slip bell"
)
SCALES = (1.0, 1.25, 1.5, 2.0)


@pytest.fixture(autouse=True)
def _screen(qapp: QGuiApplication) -> None:
    """Pixmaps need an application; no test sees what another has drawn."""
    assert qapp is not None
    QPixmapCache.clear()


def icon(name: str, side: int, color: QColor = INK, ratio: float = 1.0) -> QImage:
    """Paint an icon that fills its sheet."""
    return painted(lambda painter: paint_icon(painter, name, square(side), color), side, ratio=ratio)


def source(name: str) -> str:
    """Read the drawing of an icon."""
    return files("resources").joinpath("icons", f"{name}.svg").read_text("utf-8")


def test_the_icons_that_the_windows_ask_for_are_there() -> None:
    assert set(PROMISED.split()) <= icon_names()


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_a_drawing_of_strokes_in_a_square_of_24_without_text_or_own_colour(name: str) -> None:
    drawing = source(name)
    assert QSvgRenderer(QByteArray(drawing.encode())).isValid()
    assert drawing.startswith(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">'
    )
    assert set(re.findall(r"<(\w+)", drawing)) <= {"svg", "path", "circle", "rect"}
    assert "#" not in drawing


@pytest.mark.parametrize("side", [14, 20, 48])
@pytest.mark.parametrize("name", NAMES)
def test_an_icon_paints_something_and_does_not_touch_the_edge(name: str, side: int) -> None:
    image = icon(name, side)
    assert 0.05 < coverage(image) < 0.5
    assert all(colour.alpha() == 0 for colour in border(image))


@pytest.mark.parametrize("name", NAMES)
def test_no_two_icons_are_one_picture(name: str) -> None:
    mine = icon(name, 20)
    assert [other for other in NAMES if icon(other, 20) == mine] == [name]


def test_the_colour_follows_the_argument() -> None:
    for color in (INK, QColor("#E9ECEF")):
        full = {colour.name() for colour in pixels(icon("plus", 48, color)) if colour.alpha() == 255}
        assert full == {color.name()}


def test_a_transparent_colour_stays_even_where_strokes_cross() -> None:
    half = QColor(INK)
    half.setAlpha(128)
    assert max(colour.alpha() for colour in pixels(icon("close", 48, half))) == 128


@pytest.mark.parametrize("ratio", SCALES)
@pytest.mark.parametrize("name", NAMES)
def test_an_icon_on_a_scaled_screen_is_drawn_for_its_pixels_and_not_stretched(name: str, ratio: float) -> None:
    scaled, plain = icon(name, 20, ratio=ratio), icon(name, round(20 * ratio))
    assert pixels(scaled) == pixels(plain)


@pytest.mark.parametrize("ratio", SCALES)
def test_an_icon_between_two_pixels_moves_to_whole_ones(ratio: float) -> None:
    drawn = sorted(colour.rgba() for colour in pixels(icon("calendar", round(20 * ratio))) if colour.alpha())
    for step in range(40):
        at = 1 + step * 0.13

        def paint(painter: QPainter, at: float = at) -> None:
            paint_icon(painter, "calendar", square(20, at), INK)

        moved = painted(paint, 40, ratio=ratio)
        assert sorted(colour.rgba() for colour in pixels(moved) if colour.alpha()) == drawn


def test_an_icon_in_a_long_rectangle_stands_in_its_middle_as_a_square() -> None:
    def wide(painter: QPainter) -> None:
        paint_icon(painter, "coin", QRectF(0, 10, 40, 20), INK)

    def middle(painter: QPainter) -> None:
        paint_icon(painter, "coin", square(20, 10), INK)

    assert painted(wide, 40) == painted(middle, 40)


def test_a_rectangle_without_room_stays_empty() -> None:
    assert coverage(painted(lambda painter: paint_icon(painter, "bell", QRectF(), INK), 20)) == 0


def test_an_icon_is_drawn_once_for_each_size_and_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[int, str]] = []
    draw = icons._drawn

    def counted(source: bytes, side: int, color: QColor) -> QPixmap:
        drawn.append((side, color.name()))
        return draw(source, side, color)

    monkeypatch.setattr(icons, "_drawn", counted)
    for _ in range(2):
        for side, color in ((20, "#000000"), (20, "#ffffff"), (24, "#000000")):
            icon("house", side, QColor(color))
    icon("house", 20, QColor("#000000"), ratio=2)
    assert drawn == [(20, "#000000"), (20, "#ffffff"), (24, "#000000"), (40, "#000000")]


@pytest.mark.parametrize("name", ["unicorn", "", "../papers/bg", "house.svg"])
def test_an_unknown_icon_is_a_mistake_of_ours_and_says_which(name: str) -> None:
    with pytest.raises(KeyError, match=re.escape(repr(name))):
        icon(name, 20)


def test_the_library_of_drawings_is_not_loaded_before_the_first_icon() -> None:
    code = "import sys, app.ui.look.icons; sys.exit('PySide6.QtSvg' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
