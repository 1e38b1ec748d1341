"""Every paper is drawn with the application's fonts, so there must be an application."""

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    """Return the application object that Qt's fonts need."""
    return qapp
