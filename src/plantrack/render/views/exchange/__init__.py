"""What the verbs say by which work comes in and goes out."""
