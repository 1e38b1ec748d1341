"""Data files that travel with the program: tables, terms and messages."""
