"""Who works in a database on a server: which logins are members, and what their roles allow."""
