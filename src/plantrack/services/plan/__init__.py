"""What can be done with the plan: one file a verb of `plantrack plan`."""
