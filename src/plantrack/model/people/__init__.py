"""Who people are, and how they are called."""
