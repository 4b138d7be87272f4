"""`make audit`: whether what requirements.lock names is pinned, hashed, licensed for us, and not known to be unsafe."""
