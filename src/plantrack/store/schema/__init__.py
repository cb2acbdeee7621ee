"""What the tables are, what keeps their facts, and what a file is."""
