"""Whether a database is sound: its rows, what is derived, and what can be seen at a glance."""
