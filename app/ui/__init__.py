"""The windows (прозорците): PySide6 over the services, and nothing below them knows it."""
