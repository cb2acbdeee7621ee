"""What it is: immutable facts and pure rules, on the standard library only."""
