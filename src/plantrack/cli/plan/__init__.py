"""The commands of `plantrack plan`, one file each."""
