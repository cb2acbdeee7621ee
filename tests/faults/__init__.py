"""Faults done to real processes on a real file, and a checker that knows what was acknowledged."""
