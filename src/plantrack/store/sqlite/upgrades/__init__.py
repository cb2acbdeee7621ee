"""How a database of an earlier version is brought up to date."""
