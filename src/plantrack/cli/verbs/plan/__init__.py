"""What a person types of a plan."""
