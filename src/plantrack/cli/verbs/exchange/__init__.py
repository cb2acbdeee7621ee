"""The verbs by which work comes in and goes out: one file a verb."""
