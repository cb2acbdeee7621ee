"""What a person can do: one file a verb, one transaction each."""
