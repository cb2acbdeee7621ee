"""The answers of the verbs that a server is kept with."""
