"""The demonstration: sample people, firms and filings, a plan of their days, and the stage. Nothing here is real."""

from datetime import timedelta

PASSWORD_BESIDE = "demonstration.password"  # noqa: S105 - a file's name
"""A demonstration's stores carry their password beside them, openly; no other store does."""

AFTER_PLAY = timedelta(minutes=1)
"""A demonstration's clock goes on so long after its last act: the days that were played may end later than now."""
