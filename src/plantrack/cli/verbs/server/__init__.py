"""The verbs that a server is kept with: one file a verb."""
