"""Excel forms: what one asks, and what one that came back says."""
