"""How a command fails: what is said of it, and what is kept of a defect."""
