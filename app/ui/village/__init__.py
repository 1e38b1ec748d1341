"""The village window (прозорецът на кметството)."""
