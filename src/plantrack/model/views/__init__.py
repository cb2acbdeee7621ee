"""What services answer with: facts for a renderer, no sentences; one module a verb."""
