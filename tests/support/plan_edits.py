"""Changes of the shipped plan's file, as people make them."""

from pathlib import Path

PLAN = "plans/kh-468-2024.yaml"
#: Another short title of ND3.
SHORT = ('vi: "Hội thảo và khuyến nghị"', 'vi: "Hội thảo"')
#: Another code of ND3.1, and the line that says so.
RENAMED = ('"ND3.1"', '"ND3.9"')
MOVED = 'moved: {"ND3.1": "ND3.9"}'


def swap(workspace: Path, old: str, new: str, file: str = PLAN) -> None:
    """Put a text in the place of another, which must be there."""
    path = workspace / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
