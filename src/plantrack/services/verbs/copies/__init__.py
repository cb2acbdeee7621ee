"""What the verbs do that copy the database."""
