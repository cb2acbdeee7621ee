"""When the weekly summary is made, as what runs it takes it: each with its own way of quoting."""
