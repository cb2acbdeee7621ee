"""What many tests share, whatever they test."""
