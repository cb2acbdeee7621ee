"""Kinds of options that several commands have: their names, their words, how their values are read."""

from collections.abc import Iterable
from typing import Annotated

from typer import Argument, Option

from plantrack.errors import Failure
from plantrack.model.names import labels_joined
from plantrack.model.text import match_key, nearest
from plantrack.model.typed.vietnamese_names import GROUPINGS, name_meant


def _ids(value: list[str] | None) -> list[str]:
    """Read tasks, apart by spaces or commas; a script's empty variable names none."""
    ids = labels_joined(listed(value))
    if not ids:
        raise Failure("missing-argument", argument="ID...")
    return ids


Ids = Annotated[list[str], Argument(metavar="ID...", help="arg.ids", callback=_ids)]
#: Of a command that changes tasks: `--where` and words may stand in their place (`cli/choice.py`).
TaskIds = Annotated[list[str] | None, Argument(metavar="ID...", help="arg.tasks")]
Terms = Annotated[list[str] | None, Argument(metavar="[FILTER...]", help="arg.filter")]
RollUp = Annotated[bool, Option("--roll-up", help="opt.roll_up")]
Leads = Annotated[list[str] | None, Option("-l", "--lead", metavar="ORG", help="opt.lead")]
Withs = Annotated[list[str] | None, Option("-w", "--with", metavar="ORG", help="opt.with")]
People = Annotated[list[str] | None, Option("-t", "--to", metavar="PERSON", help="opt.to")]
NewTasks = Annotated[bool, Option("--new-tasks", help="opt.new_tasks")]
NewPerson = Annotated[bool, Option("--new-person", help="opt.new_person")]
Area = Annotated[str | None, Option("-a", "--area", metavar="AREA", help="opt.area")]
ActivityCode = Annotated[str | None, Option("--activity", metavar="ACTIVITY", help="opt.activity")]
DueDay = Annotated[str | None, Option("-d", "--due", metavar="DATE", help="opt.due")]
Every = Annotated[str | None, Option("--every", metavar="STEP", help="opt.every")]
Until = Annotated[str | None, Option("--until", metavar="DATE", help="opt.until")]
After = Annotated[list[str] | None, Option("--after", metavar="ID", help="opt.after")]
StartDay = Annotated[str | None, Option("--start", metavar="DATE", help="opt.start")]
Priority = Annotated[str | None, Option("--priority", metavar="PRIORITY", help="opt.priority")]
Deliverable = Annotated[str | None, Option("--deliverable", metavar="TEXT", help="opt.deliverable")]
Document = Annotated[str | None, Option("--document", metavar="TEXT", help="opt.document")]
Budget = Annotated[str | None, Option("--budget", metavar="AMOUNT", help="opt.budget")]
BudgetSource = Annotated[str | None, Option("--budget-source", metavar="TEXT", help="opt.budget_source")]
CatchUp = Annotated[bool, Option("--catch-up", help="opt.next_to_come")]
OnDay = Annotated[str | None, Option("--on", metavar="DATE", help="opt.on")]
ToldBy = Annotated[str | None, Option("--told-by", metavar="TEXT", help="opt.told_by")]
Remark = Annotated[str | None, Option("--note", metavar="TEXT", help="opt.note")]
Editor = Annotated[bool, Option("--edit", help="opt.editor")]
Reason = Annotated[str, Option("-m", "--reason", metavar="TEXT", help="opt.reason")]
#: As many rows as may be asked for at once, and what asks for all of them.
_MOST, _ALL = 1_000_000, ("all", "tat ca")


def number(option: str, text: str, low: int, high: int) -> int:
    """Read a whole number in a range.

    Raises: bad-number.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(high)) and low <= int(text) <= high):
        raise Failure("bad-number", option=option, value=text, low=low, high=high)
    return int(text)


def limit(text: str) -> int | None:
    """Read how many there are to be at most; None: all of them.

    Raises: bad-number.
    """
    return None if match_key(text) in _ALL else number("--limit", text, 1, _MOST)


def grouping(typed: str, ways: Iterable[str]) -> str:
    """Read what rows are by, in either language.

    Raises: unknown-grouping.
    """
    named = {way: GROUPINGS[way] for way in ways}
    if by := name_meant(typed, named):
        return by
    near = nearest(typed, [*named, *named.values()])
    raise Failure("unknown-grouping", by=typed, ways=tuple(named), near=near)


def listed(values: list[str] | None) -> tuple[str, ...]:
    """Read an option that repeats or takes commas."""
    return tuple(part for value in values or () for part in map(str.strip, value.split(",")) if part)
