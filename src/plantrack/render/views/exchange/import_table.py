"""A table that is taken in: which column is what, what becomes of its rows, which of them are wrong and why."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from plantrack.errors import Failure
from plantrack.i18n.failure import cell_sentence, near_words
from plantrack.i18n.words import Words
from plantrack.model.forms.columns import OFFERED
from plantrack.model.grouping import grouped
from plantrack.model.problem import RowProblem
from plantrack.model.text import visible
from plantrack.model.views.exchange import ImportView
from plantrack.render.layout.blocks import Block, Document, Paragraph, Table, TableColumn, TableRow
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.field_value import own_value
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.workbook import TEXT, Book, Sheet, SheetColumn

#: So many rows are named where many have one problem, and so many problems are shown: more nobody reads.
_NAMED, SHOWN = 8, 30
#: So many problems a program is told of; a table for programs has all.
_LISTED = 2000
#: So many things to do are told.
_HINTS = 12
#: So much of a text of the file is shown.
_SAMPLE = 40
#: So much of what a field will be.
_LONG = 200


def document(view: ImportView, words: Words, *, is_screen: bool = True) -> Document:
    """Word what a table was understood as, and what its rows change; a screen has so many that they can be read."""
    columns = [
        TableColumn(words("import.heading"), wraps=True, least=12),
        TableColumn(words("import.field"), wraps=True, least=14),
    ]
    many = max((len(column.samples) for column in view.columns), default=0)
    columns += [TableColumn(words("import.sample", row=n + 1), wraps=True, least=10) for n in range(many)]
    rows = tuple(
        TableRow(
            (
                visible(c.heading),
                c.title.within(words.language) if c.field else words("import.left-out"),
                *_shown(c.samples),
            )
        )
        for c in view.columns
    )
    understood = Table(tuple(columns), rows)
    changes = _changes_blocks(view, words, is_screen=is_screen)
    return Document(_title(view, words), (), (understood, *changes, *map(Paragraph, said(view, words))))


def _changes_blocks(view: ImportView, words: Words, *, is_screen: bool) -> Iterator[Block]:
    """Yield what rows change of tasks that are there: the task, the field, what it is and what it will be."""
    if not view.changes:
        return
    formatter = FactFormatter(words, view.heading)
    columns = tuple(
        TableColumn(words(f"import.change.{name}"), wraps=True, least=10)
        for name in ("task", "field", "old", "new")
    )
    shown = view.changes[: SHOWN if is_screen else None]
    rows = tuple(
        TableRow(
            (
                f"{change.task} {visible(change.title, limit=_SAMPLE)}",
                words(f"field.{change.field}"),
                *(_change_value(change.field, text, formatter) for text in (change.old, change.new)),
            )
        )
        for change in shown
    )
    yield Table(columns, rows)
    if len(shown) < len(view.changes):
        yield Paragraph(words.plural("import.more-changes", len(view.changes) - len(shown)))


def _change_value(field: str, text: str | None, formatter: FactFormatter) -> str:
    if text and field in ("lead", "coordinating"):
        return formatter.organisations(text.split(", "))
    if text and field == "places":
        return formatter.places(text.split(", "))
    return visible(own_value(field, text, formatter.words), limit=_LONG)


def _title(view: ImportView, words: Words) -> str:
    place = f"{visible(view.file)} – {visible(view.sheet)}" if view.sheet else visible(view.file)
    return words("import.title", place=place, kind=words(f"import.kind.{view.kind}"))


def _shown(samples: Iterable[str]) -> Iterator[str]:
    return (visible(" ".join(text.split()), limit=_SAMPLE) for text in samples)


def said(view: ImportView, words: Words) -> Iterator[str]:
    """Yield what becomes of the rows, how they are known again, and who is new."""
    yield counted(view, words)
    yield words("import.keyed", heading=visible(view.keyed_by)) if view.keyed_by else words("import.hashed")
    for field, tasks, amount in view.sums:
        yield words(f"import.sum.{field}", tasks=words.number(tasks), amount=words.money(amount))
    if view.spare_key:
        yield words("import.spare-key", heading=visible(view.spare_key))
    if view.same_titles:
        there = _counted_up([one.task for one in view.same_titles], words)
        yield words.plural("import.same-titles", len(view.same_titles), tasks=there)
    if view.new_organisations:
        names = ", ".join(f"{visible(name)} ({id})" for id, name in view.new_organisations.items())
        yield words.plural("import.new-organisations", len(view.new_organisations), names=names)
    if view.new_people:
        names = ", ".join(map(visible, view.new_people[:SHOWN]))
        yield words.plural("import.new-people", len(view.new_people), names=names)


def counted(view: ImportView, words: Words) -> str:
    """Say how many rows are of which sort; of what there is none, nothing."""
    counts = view.counts._asdict()
    parts = [
        words(f"import.count.{name}", count=words.number(n))
        for name, n in counts.items()
        if n or name == "added"
    ]
    return words("import.counts", counts=", ".join(parts))


def data(view: ImportView) -> Object:
    """Return what was taken in for JSON."""
    return {
        "file": view.file, "sheet": view.sheet or None, "kind": view.kind, "mapping": view.mapping,
        "keyed_by": view.keyed_by or None, "name": view.source or None, "counts": view.counts._asdict(),
        "new_organisations": dict(view.new_organisations), "new_people": list(view.new_people),
        "changes": [change._asdict() for change in view.changes],
        "same_titles": [one._asdict() for one in view.same_titles],
        "rows": [row._asdict() for row in view.rows], "command": view.command, "bad_file": view.bad_file,
    }  # fmt: skip


# --- rows that are wrong ---


def row_problems_document(problems: Sequence[RowProblem], words: Words) -> Document:
    """Word the problems of rows, those alike as one: so many that they can be read."""
    columns = (
        TableColumn(words("import.row"), wraps=True, least=6),
        TableColumn(words("import.column"), wraps=True, least=10),
        TableColumn(words("import.value"), wraps=True, least=10),
        TableColumn(words("import.problem"), wraps=True, least=24),
    )
    alike = grouped(((_place(one), one.value, said_of(one, words)), one.row) for one in problems)
    shown = list(alike.items())[:SHOWN]
    rows = tuple(
        TableRow((_counted_up(numbers, words), place, visible(value, limit=_SAMPLE), message))
        for (place, value, message), numbers in shown
    )
    blocks: list[Block] = [Table(columns, rows)]
    if len(shown) < len(alike):
        blocks.append(Paragraph(words.plural("import.more-problems", len(alike) - len(shown))))
    blocks += map(Paragraph, _hints(problems, words))
    return Document("", (), tuple(blocks))


def _counted_up(numbers: Sequence[object], words: Words) -> str:
    """Name the first of some numbers, and say how many more there are."""
    named = ", ".join(map(str, numbers[:_NAMED]))
    more = len(numbers) - _NAMED
    return words.plural("import.more-rows", more, rows=named) if more > 0 else named


def _place(problem: RowProblem) -> str:
    """Return the heading of a column with its letters."""
    if problem.column is None:
        return ""
    return f"{visible(problem.heading)} ({problem.letters})"


def said_of(problem: RowProblem, words: Words) -> str:
    """Return what is wrong, with the nearest names where there are any."""
    message, hint = _sentence(problem, words)
    named = near_words(words, problem.failure)
    is_news = named and named not in hint and not problem.advice
    return words("import.near", message=message, near=named) if is_news else message


def _sentence(problem: RowProblem, words: Words) -> tuple[str, str]:
    """Return what is wrong and what to do; of a cell that lacks something, by its heading."""
    message, hint = cell_sentence(words, _worded(problem.failure, words))
    if problem.failure.code == "text-empty" and problem.heading:
        message = words("import.cell-empty", heading=visible(problem.heading))
    return message, _advice(problem, words) if problem.advice else hint


def _hints(problems: Iterable[RowProblem], words: Words) -> Iterator[str]:
    """Yield what to do, each thing once."""
    hints = list(dict.fromkeys(_hint(one, words) for one in problems))
    if hints:
        yield words("import.hints")
    yield from (f"- {hint}" for hint in hints[:_HINTS])


def _hint(problem: RowProblem, words: Words) -> str:
    """Return what to do; how a cell is filled in, of its column."""
    hint = _sentence(problem, words)[1]
    return f"{visible(problem.heading)}: {hint}" if problem.advice else hint


def _worded(failure: Failure, words: Words) -> Failure:
    """Return a failure with the values in words that it speaks of."""
    if failure.code not in ("import-contested", "import-other-work"):
        return failure
    params = failure.params
    texts = {name: str(params[name] or "") for name in ("here", "there")}
    worded = {
        name: visible(own_value(str(params.get("column", params["field"])), text, words), limit=_LONG)
        for name, text in texts.items()
    }
    return Failure(failure.code, **{**params, **worded})


def _advice(problem: RowProblem, words: Words) -> str:
    """Say how a cell is filled in."""
    choices = ", ".join(words(f"status.{status}") for status in OFFERED)
    return words(f"fill.{problem.advice}", choices=choices)


def problems_data(problems: Iterable[RowProblem], words: Words) -> list[Object]:
    """Return the problems of rows for JSON, the first of many."""
    found = []
    for one in islice(problems, _LISTED):
        message, hint = _sentence(one, words)
        found.append(
            {
                "file": one.file, "line": one.row, "column": one.column, "cell": one.cell,
                "severity": "error", "code": one.failure.code, "message": message, "hint": hint,
                "sheet": one.sheet or None, "heading": one.heading or None, "value": one.value or None,
                "field": one.field or None,
            }
        )  # fmt: skip
    return found


def problems_book(problems: Sequence[RowProblem], words: Words, title: str) -> Book:
    """Return the problems of rows as a sheet."""
    headings = (
        "import.file",
        "import.sheet",
        "import.row",
        "import.column",
        "import.value",
        "import.problem",
    )
    columns = tuple(SheetColumn(words(key), width=TEXT) for key in headings)
    rows = [(p.file, p.sheet, p.row, _place(p), p.value, said_of(p, words)) for p in problems]
    return Book(title, (), (Sheet(words("import.problems"), columns, rows),))
