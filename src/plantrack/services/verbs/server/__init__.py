"""What the verbs do that a server is kept with."""
