"""What a file that is imported may hold: its kinds of rows, their fields, and how people write them."""
