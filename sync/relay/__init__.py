"""The relay (пощенска станция): keeps sealed envelopes until they are fetched. It cannot read them.

Of the project it imports only ``sync.frame`` and ``sync.signatures``: that it cannot read is visible there.
"""
