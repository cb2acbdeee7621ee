"""A database in a file: the engine that comes with Python."""
