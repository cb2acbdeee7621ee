"""What shows that history is as it was recorded: a seal for each command, each over the one before."""
