"""Where envelopes travel: to a relay over HTTP, or through a folder or USB stick."""
