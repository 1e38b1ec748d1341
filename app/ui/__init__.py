"""The windows (прозорците): PySide6 over the services, and nothing below them knows it."""

import builtins

import PySide6  # noqa: F401 - it puts an import of its own in the place of Python's; that is taken back here

# PySide6 reads the source of every module that is imported after it, in search of optional features that nothing here
# uses: a third of a start, and the text of every module kept in memory. The import that it found goes on.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
