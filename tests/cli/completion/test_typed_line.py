"""Where the cursor stands in a line."""

import pytest

from plantrack.cli.commands import Argument, Option
from plantrack.cli.completion.typed_line import read_line


def slot(line: str) -> str | None:
    """Return what stands at the cursor: `<option>`, `<command>`, the name of a parameter."""
    *words, current = line.split(" ")
    read = read_line(words, current)
    if read is None:
        return "unknown"
    if isinstance(read.slot, (Argument, Option)):
        return f"{read.slot.name} {read.head}|{read.typed}"
    return read.slot


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("", ""), ("d", ""), ("plan ", ""), ("ke-hoach x", ""), ("-q ke-hoach ", ""), ("khong-co x", "unknown"),
        ("-", "-"), ("--da", "-"), ("add -", "-"), ("add --no", "-"), ("add x --", "-"),
        ("add --area ", "area |"), ("them --nội-dung N", "area |N"), ("add -a N", "area |N"),
        ("add --area=N", "area --area=|N"), ("add --noi-dung=N", "area --noi-dung=|N"), ("add -aN", "area -a|N"),
        ("add --from-plan ", "title |"), ("add -C /x --lead ", "lead |"), ("-C ", "directory |"),
        ("-C /x ", ""), ("--lang en don-vi ", ""), ("list a b ", "filter |"), ("list -- -x", "filter |-x"),
        ("done 1 2 ", "ids |"), ("undo ", "command |"), ("undo c1 ", None), ("db status ", None),
        ("plan carry-over ", "old |"), ("plan carry-over a ", "new |"), ("plan carry-over a b ", None),
        ("list area:N", "filter |area:N"), ("progress --by x", "by |x"), ("list --limit=", "limit --limit=|"),
    ],
)  # fmt: skip
def test_what_is_meant_at_the_cursor(line: str, meant: str | None) -> None:
    assert slot(line) == meant


def test_what_came_before_is_known() -> None:
    read = read_line(["-C", "a", "assign", "--ke-hoach=p", "3", "5", "-C", "b", "--to"], "x")
    assert read is not None
    assert (read.path, read.words, read.given("directory"), read.given("plan"), read.given("db")) == (
        "assign", ["3", "5"], "b", "p", None
    )  # fmt: skip
