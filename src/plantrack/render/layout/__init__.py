"""What views and formats are made of: blocks, columns, sheets, words for facts."""
