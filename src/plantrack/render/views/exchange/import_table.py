"""A table that is taken in: which column is what, what becomes of its rows, which of them are wrong and why."""

from collections.abc import Iterable, Iterator, Sequence

from plantrack.i18n.failure import near_words, sentence
from plantrack.i18n.words import Words
from plantrack.model.forms.columns import OFFERED
from plantrack.model.grouping import grouped
from plantrack.model.problem import RowProblem
from plantrack.model.text import visible
from plantrack.model.views.exchange import ImportView
from plantrack.render.layout.blocks import Block, Document, Paragraph, Table, TableColumn, TableRow
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.workbook import TEXT, Book, Sheet, SheetColumn

#: So many rows are named where many have one problem, and so many problems are shown to somebody at a terminal.
_NAMED, SHOWN = 8, 30
#: So much of a text of the file is shown.
_SAMPLE = 40


def document(view: ImportView, words: Words) -> Document:
    """Word what a table was understood as."""
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
    return Document(
        _title(view, words), (), (Table(tuple(columns), rows), *map(Paragraph, said(view, words)))
    )


def _title(view: ImportView, words: Words) -> str:
    place = f"{visible(view.file)} – {visible(view.sheet)}" if view.sheet else visible(view.file)
    return words("import.title", place=place, kind=words(f"import.kind.{view.kind}"))


def _shown(samples: Iterable[str]) -> Iterator[str]:
    return (visible(" ".join(text.split()), limit=_SAMPLE) for text in samples)


def said(view: ImportView, words: Words) -> Iterator[str]:
    """Yield what becomes of the rows, how they are known again, and who is new."""
    yield counted(view, words)
    yield words("import.keyed", heading=visible(view.keyed_by)) if view.keyed_by else words("import.hashed")
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
        "rows": [row._asdict() for row in view.rows], "command": view.command, "bad_file": view.bad_file,
    }  # fmt: skip


# --- rows that are wrong ---


def row_problems_document(problems: Sequence[RowProblem], words: Words, *, is_screen: bool) -> Document:
    """Word the problems of rows, those alike as one; a screen has so many that they can be read."""
    columns = (
        TableColumn(words("import.row"), wraps=True, least=6),
        TableColumn(words("import.column"), wraps=True, least=10),
        TableColumn(words("import.value"), wraps=True, least=10),
        TableColumn(words("import.problem"), wraps=True, least=24),
    )
    alike = grouped(((_place(one), one.value, said_of(one, words)), one.row) for one in problems)
    shown = list(alike.items())[: SHOWN if is_screen else None]
    rows = tuple(
        TableRow((_rows_named(numbers, words), place, visible(value, limit=_SAMPLE), message))
        for (place, value, message), numbers in shown
    )
    blocks: list[Block] = [Table(columns, rows)]
    if len(shown) < len(alike):
        blocks.append(Paragraph(words.plural("import.more-problems", len(alike) - len(shown))))
    return Document("", (), tuple(blocks))


def _rows_named(numbers: Sequence[int], words: Words) -> str:
    named = ", ".join(map(str, numbers[:_NAMED]))
    more = len(numbers) - _NAMED
    return words.plural("import.more-rows", more, rows=named) if more > 0 else named


def _place(problem: RowProblem) -> str:
    """Return the heading of a column with its letters."""
    if problem.column is None:
        return ""
    return f"{visible(problem.heading)} ({problem.letters})"


def said_of(problem: RowProblem, words: Words) -> str:
    """Return what is wrong, with how such a cell is filled in, or the nearest names where there are any."""
    message, _ = sentence(words, problem.failure)
    if problem.advice:
        return f"{message} {_advice(problem, words)}"
    near = near_words(words, problem.failure)
    return words("import.near", message=message, near=near) if near else message


def _advice(problem: RowProblem, words: Words) -> str:
    """Say how a cell is filled in."""
    choices = ", ".join(words(f"status.{status}") for status in OFFERED)
    return words(f"cell.{problem.advice}", choices=choices)


def problems_data(problems: Iterable[RowProblem], words: Words) -> list[Object]:
    """Return the problems of rows for JSON."""
    found = []
    for one in problems:
        message, hint = sentence(words, one.failure)
        hint = _advice(one, words) if one.advice else hint
        found.append(
            {
                "file": one.file, "line": one.row, "column": one.column, "cell": one.cell if one.column else None,
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
