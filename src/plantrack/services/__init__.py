"""What you can do: one function a verb, one transaction each; the clock is an argument."""
