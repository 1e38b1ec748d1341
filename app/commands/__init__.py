"""``tefter …``: a module for each group of commands. A command parses, calls the parts, prints; it decides nothing."""
