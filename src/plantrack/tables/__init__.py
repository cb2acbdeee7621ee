"""Tables that others send: sheets of rows out of CSV, Excel and JSON lines, one row at a time."""
