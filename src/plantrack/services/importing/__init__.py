"""A table in a file becomes rows that are understood: which column is what, which row is which."""
