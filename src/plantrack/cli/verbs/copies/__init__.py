"""The verbs that copy the database: one file a verb."""
