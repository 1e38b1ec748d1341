"""Widgets that both windows share (общи елементи)."""
