"""What a plan file is known by: the hash of its text, whatever ends its lines."""

import hashlib


def fingerprint(document: bytes) -> str:
    """Return the SHA-256 of a text with the line ends of Unix: editors and git change those, and not the text."""
    return hashlib.sha256(document.replace(b"\r\n", b"\n").replace(b"\r", b"\n")).hexdigest()
