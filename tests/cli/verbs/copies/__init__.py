"""The verbs that copy the database, as they are typed."""
