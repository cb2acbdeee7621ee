"""Values of a term that are joined by commas, and what each takes in."""

from collections.abc import Callable, Iterable


def parts(value: str) -> list[str]:
    """Return the values that stand between commas, each perhaps after a minus; where none does, the whole."""
    return [part for part in (p.strip() for p in value.split(",")) if part.strip("- ")] or [value]


def earlier(own: str, before: Callable[[str], Iterable[str]], named: set[str]) -> list[str]:
    """Return all that came before a value, step by step, up to what was named itself."""
    found = [own]
    for value in found:  # it grows on the way
        found += [each for each in before(value) if each not in named and each not in found]
    return found[1:]
