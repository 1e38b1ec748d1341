"""Windows are tested with the program's own look, at 100 % text."""

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.look.theme import theme


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    """Put the look on, light."""
    theme().start(qapp, dark=False, scale=1.0)
