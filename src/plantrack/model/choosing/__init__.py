"""How many things are chosen at once: by a range of numbers, by a filter in one line, by what an organisation is."""
