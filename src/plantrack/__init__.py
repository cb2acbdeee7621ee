"""Command-line tracker of a coordination plan."""

__version__ = "0.1.0"
