"""The demonstration: sample people, firms and filings, a plan of their days, and the stage. Nothing here is real."""

PASSWORD_BESIDE = "demonstration.password"  # noqa: S105 - a file's name
"""A demonstration's stores carry their password beside them, openly; no other store does."""
