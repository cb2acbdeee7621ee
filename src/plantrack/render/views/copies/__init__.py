"""What the verbs say that copy the database."""
