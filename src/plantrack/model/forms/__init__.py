"""Excel forms that offices fill in: what they are, and by what they are known again."""
