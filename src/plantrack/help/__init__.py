"""The manual's pages, shipped with the program: `vi/` and `en/`, one Markdown file a topic."""
