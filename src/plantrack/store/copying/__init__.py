"""A whole database carried into another one row by row, whichever engines they are of, and what both say of it."""
