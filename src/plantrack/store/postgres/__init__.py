"""A database on a PostgreSQL server, for many people; psycopg is loaded only here, and only where an address is given."""
