"""Widgets are tested with their garbage collected on the window's thread, as in the program."""

from tests.ui.conftest import collected_here

__all__ = ["collected_here"]
