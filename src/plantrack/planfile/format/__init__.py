"""The format of a plan file: what may stand in it, and how it is written."""
