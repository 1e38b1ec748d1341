"""What tests of the village window share."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


@pytest.fixture
def named() -> Callable[[QWidget], list[str]]:
    """Return a function that lists the controls on show that take the keyboard and have no accessible name."""

    def nameless(window: QWidget) -> list[str]:
        controls = [
            one
            for one in window.findChildren(QWidget)
            if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
        ]
        assert controls
        return [repr(one) for one in controls if not one.accessibleName()]

    return nameless
