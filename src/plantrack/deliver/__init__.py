"""How it is sent: streams and files, written whole or not at all."""
