"""The desk in the town (централно бюро): reconciles villages over the HTTP API of the centre."""
