"""Tefter (тефтер): the incoming register and the cash desk of a village mayoralty."""

from datetime import date

__version__ = "0.1.0"

BUILD_DATE = date(2026, 11, 1)
"""No honest clock reads a day before this; see ``app.domain.office_date``."""
