"""Where rows live: the only SQL."""
