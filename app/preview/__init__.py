"""The picture of a file (преглед), drawn by a process of its own: a hostile PDF or image does not reach the window.

``python -m app.preview`` gets one file on its standard input and answers with plain pixels; it knows no store, writes
no file, and ends with the window. ``viewer`` is the window's side of it.
"""
