"""How it looks: a view and a language into text; one module a format."""
