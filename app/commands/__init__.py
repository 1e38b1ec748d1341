"""``tefter …``: one module for each group of commands. A command parses words, calls the parts, prints; it decides nothing."""
