"""Floor 3: the verbs of the office, one transaction each. Each says what it changed."""
