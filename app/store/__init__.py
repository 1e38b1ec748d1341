"""Floor 2: the station's encrypted store."""
