"""What the verbs do by which work comes in and goes out."""
