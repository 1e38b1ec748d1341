"""Floor 0: the rules and words of the office, as functions over values.

Nothing here reads a clock, a file, a database or a network; what a rule needs comes in as an argument.
"""
