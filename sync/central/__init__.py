"""The centre (общината): opens, records, reconciles, answers."""
