"""Mail: addresses, messages, the server."""
