"""Values of a term that are joined by commas, and what each takes in."""

from collections.abc import Callable, Iterable, Sequence

from plantrack.model.text import match_key
from plantrack.model.typed.vietnamese_fields import FILTER_FIELDS


def parts(value: str) -> list[str]:
    """Return the values that stand between commas, each perhaps after a minus; where none does, the whole."""
    return [part for part in (p.strip() for p in value.split(",")) if part.strip("- ")] or [value]


def earlier(own: str, before: Callable[[str], Iterable[str]], named: set[str]) -> list[str]:
    """Return all that came before a value, step by step, up to what was named itself."""
    found = [own]
    for value in found:  # it grows on the way
        found += [each for each in before(value) if each not in named and each not in found]
    return found[1:]


def tasks_of_log(args: Sequence[str]) -> list[str]:
    """Return the tasks that a history names, as typed, before a plan is known; none where it is of any but some."""
    found = ((match_key(field), value) for field, _, value in (arg.rpartition(":") for arg in args))
    own = ("", "task", match_key(FILTER_FIELDS["task"]))
    typed = [p.strip() for field, value in found if field in own for p in value.split(",") if p.strip("- ")]
    return [part.removeprefix("-").strip() for part in typed] if any(p[0] != "-" for p in typed) else []
