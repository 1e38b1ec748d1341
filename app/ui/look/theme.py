"""The look of the whole application (тема): colours, text size and fonts, changed in one place.

Qt keeps palette, font and style sheet of an application globally; so is this. Widgets that paint themselves ask
``look()`` while they paint and repaint on ``theme().changed``.
"""

from dataclasses import dataclass
from functools import cache
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.printing.fonts import FAMILY, load_fonts
from app.ui.look.tokens import DARK, LIGHT, Measure, Points, Tokens
from resources import FOLDER

SMALLEST, LARGEST, STEP = 1.0, 2.0, 0.25
NORMAL, MEDIUM, BOLD = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold


@dataclass(frozen=True)
class Look:
    """How things look now: ``scale`` is the text size, 1.0 to 2.0."""

    tokens: Tokens
    scale: float
    dark: bool

    def px(self, length: int) -> int:
        """Return a length of the design in pixels at this text size."""
        return round(length * self.scale)

    def font(self, points: float = Points.TEXT, weight: QFont.Weight = NORMAL) -> QFont:
        """Return the program's font in a size of the design."""
        return _font(round(points * self.scale * 96 / 72), weight)

    def metrics(self, points: float = Points.TEXT, weight: QFont.Weight = NORMAL) -> QFontMetricsF:
        """Return the measures of a font of the design."""
        return _metrics(round(points * self.scale * 96 / 72), weight)

    def colour(self, name: str) -> QColor:
        """Return a colour by its token."""
        return _colour(getattr(self.tokens, name))


@cache
def _font(pixels: int, weight: QFont.Weight) -> QFont:
    # Pixel sizes: the same layout on every screen; the system's own scaling comes on top as device pixels.
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font


@cache
def _metrics(pixels: int, weight: QFont.Weight) -> QFontMetricsF:
    return QFontMetricsF(_font(pixels, weight))


@cache
def _colour(value: str) -> QColor:
    return QColor(value)


class Theme(QObject):
    """The current look. Follows the system's light or dark unless one is asked for."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.look = Look(LIGHT, 1.0, dark=False)
        self._asked: bool | None = None

    def start(self, application: QApplication, *, dark: bool | None = None, scale: float = 1.0) -> None:
        """Load the fonts and put the look on; ``dark`` of None follows the system."""
        load_fonts()
        application.setStyle(QStyleFactory.create("Fusion"))
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        self._asked = dark
        self._put_on(self._wants_dark(), scale)

    def set_scale(self, scale: float) -> None:
        """Set the text size."""
        self._put_on(self.look.dark, min(LARGEST, max(SMALLEST, scale)))

    def larger(self) -> None:
        """Make the text a step larger."""
        self.set_scale(self.look.scale + STEP)

    def smaller(self) -> None:
        """Make the text a step smaller."""
        self.set_scale(self.look.scale - STEP)

    def set_dark(self, dark: bool | None) -> None:  # noqa: FBT001 - a choice of three
        """Ask for dark or light, or follow the system (None)."""
        self._asked = dark
        self._put_on(self._wants_dark(), self.look.scale)

    def _wants_dark(self) -> bool:
        if self._asked is not None:
            return self._asked
        return QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _system_changed(self) -> None:
        self._put_on(self._wants_dark(), self.look.scale)

    def _put_on(self, dark: bool, scale: float) -> None:  # noqa: FBT001 - passed on
        self.look = Look(DARK if dark else LIGHT, scale, dark)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setFont(self.look.font())
            application.setPalette(_palette(self.look))
            application.setStyleSheet(style_sheet(self.look))
        self.changed.emit()


@cache
def theme() -> Theme:
    """Return the application's theme."""
    return Theme()


def look() -> Look:
    """Return how things look now."""
    return theme().look


def _palette(now: Look) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "window",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "panel",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.PlaceholderText: "text3",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "text",
    }
    for role, token in roles.items():
        palette.setColor(role, now.colour(token))
    return palette


def style_sheet(now: Look) -> str:
    """Return Qt's style sheet of the look; what is not here is painted by the widgets themselves."""
    values = {name: getattr(now.tokens, name) for name in now.tokens.__dataclass_fields__}
    lengths = {
        "field": now.px(Measure.BUTTON),
        "field_framed": now.px(Measure.BUTTON) - 2,
        "pad": now.px(12),
        "pad_focus": now.px(12) - 1,
        "pad_framed_focus": now.px(12) - 2,
        "radius": now.px(Measure.RADIUS_FIELD),
        "panel_radius": now.px(Measure.RADIUS_PANEL),
        "arrow": now.px(28),
        "bar": now.px(10),
        "handle": now.px(36),
        "bar_radius": now.px(5),
    }
    return _sheet().substitute(values | {name: f"{value}px" for name, value in lengths.items()})


@cache
def _sheet() -> Template:
    return Template((FOLDER / "style.qss").read_text("utf-8"))
