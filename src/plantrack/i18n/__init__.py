"""Which words: gettext catalogues, and how days and numbers are written."""
