"""Completion in shells: each asks the program what may stand at the cursor (`PLANTRACK_COMPLETE`), and nothing is loaded for it that it does not need."""
