"""Floor 1: what a station and the centre keep alike.

Facts in chained streams, the tables that the facts say, and the sealed envelopes in and out. One projection serves
both sides, so a replay at the centre runs the same code as in the village.
"""
