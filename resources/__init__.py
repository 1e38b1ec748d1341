"""Data files that travel with the program: tables, terms and messages."""

from pathlib import Path

FOLDER = Path(__file__).parent
"""Where they lie. The standard library's own way to them loads a dozen modules that a start does without."""
