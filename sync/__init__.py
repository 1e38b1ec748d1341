"""The road between village and centre. Of ``app`` it knows only ``app.domain`` and ``app.ledger``."""
