"""What is said: one file a view."""
