"""How a person is taken out: which names are theirs, what takes their place, where else they stand, and the file itself."""
