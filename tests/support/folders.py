"""What a folder holds, to see what a test did to it."""

from pathlib import Path


def files(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, by name from it on."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
