"""Sample people, firms and filings for the demonstration and the tests; nothing here is real."""
