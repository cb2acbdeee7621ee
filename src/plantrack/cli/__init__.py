"""What you type: the only home of typer."""
