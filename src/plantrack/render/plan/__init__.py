"""How the answers of `plantrack plan` look."""
