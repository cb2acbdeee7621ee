"""What people type, by its names."""
