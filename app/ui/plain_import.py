"""Python's own import, back in its place behind PySide6; ``application`` loads this before any module of a window.

PySide6 puts an import of its own in the place of Python's. It reads the source of every module that is imported after
it, in search of optional features that nothing here uses: a sixth to a third of a start, and the text of every module
kept in memory. The import that it found is put back.
"""

import builtins

import PySide6  # noqa: F401 - it replaces the import while it loads

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
