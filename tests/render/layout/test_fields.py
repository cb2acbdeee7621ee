"""Fields: declared once; tables, sheets and JSON have the same rows, and each field where it says."""

import pkgutil
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.i18n.words import Words
from plantrack.model.named_tuple import NamedTuple
from plantrack.render import views
from plantrack.render.layout.blocks import TableColumn
from plantrack.render.layout.count_columns import NUMBERS, number_and_rate_fields, number_fields, title_fields
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import (
    Field,
    declared,
    not_in_json,
    objects,
    of,
    only_in_json,
    only_in_table,
    sheet,
    table,
)
from plantrack.render.views.list_noted import NOTED
from plantrack.render.views.report_tables import COMPARED
from plantrack.render.views.task_fields import TASK
from plantrack.render.views.weekly_data import SectionFields
from tests.support.factory import make_heading, make_tasks
from tests.support.factory_weekly import make_weekly

VI, EN = Words("vi"), Words("en")
FORMATTER = FactFormatter(EN, make_heading())
#: What scripts of others may rely on; keys are never renamed, and new ones come at a place of their own.
PROMISED = (
    *("id", "label", "uid", "plan", "area", "activity", "title", "status", "deadline_state", "start", "due"),
    *(
        "due_text",
        "first_due",
        "completed_on",
        "percent",
        "priority",
        "deliverable",
        "tags",
        "places",
        "lead",
    ),
    *("coordinating", "in_charge", "blocked", "opened_on", "updated_on"),
)


class Part(NamedTuple):
    code: str
    amount: float | None = None
    day: str | None = None


class Row(NamedTuple):
    name: str
    part: Part | None = None


def declared_fields() -> Iterator[Field[Any]]:
    """Yield every field that a view declares."""
    for module in pkgutil.walk_packages(views.__path__, f"{views.__name__}."):
        for value in vars(import_module(module.name)).values():
            found = value.values() if isinstance(value, dict) else ()
            yield from (field for field in found if isinstance(field, Field))


def all_fields() -> Iterator[Field[Any]]:
    """Yield those too that are made for a view."""
    yield from (*declared_fields(), *NOTED, *COMPARED)
    for of_week in (True, False):
        section = SectionFields(make_weekly(with_notes=True), of_week=of_week)
        made: tuple[list[Any], ...] = (
            section.results(),
            section.deadlines(),
            section.proposals(),
            section.tasks(),
        )
        for fields in made:
            yield from fields
    for by in ("area", "activity", "org", "person", "month"):
        yield from title_fields(by)
    yield from (*number_fields(NUMBERS), *number_and_rate_fields(group="column.group.lead"))


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
def test_every_heading_is_in_the_catalogue(words: Words) -> None:
    keys = set()
    for field in all_fields():
        own = field.heading or f"field.{field.key}"
        keys |= {own} if field.width else set()
        keys |= {field.group} if field.group else set()
        if field.column and not field.column.picture:
            keys |= {field.column.heading or own, field.column.group or own}
    assert len(keys) > 100
    assert [key for key in sorted(keys) if not words.has(key)] == []


def test_each_field_appears_somewhere() -> None:
    lost = [f for f in declared_fields() if not (f.in_json or f.width or f.column)]
    assert lost == []


def test_the_keys_of_tasks_are_those_that_were_promised() -> None:
    shown = list(next(iter(objects(TASK.values(), make_tasks(), FORMATTER))))
    assert tuple(key for key in shown if key in PROMISED) == PROMISED


def test_a_key_is_declared_once() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        declared(Field("a"), Field("b"), Field("a"))
    assert list(declared(Field("a"), Field("b"))) == ["a", "b"]


@pytest.mark.parametrize("rows", [0, 1, 18])
def test_all_forms_have_the_same_rows(rows: int) -> None:
    tasks = make_tasks()[:rows]
    shown = table(TASK.values(), tasks, FORMATTER)
    sheets = sheet("", TASK.values(), tasks, FORMATTER)
    assert len(shown.rows) == len(sheets.rows) == len(objects(TASK.values(), tasks, FORMATTER)) == rows
    assert {len(row.cells) for row in shown.rows} <= {len(shown.columns)}
    assert {len(row) for row in sheets.rows} <= {len(sheets.columns)}


def test_a_field_is_in_each_form_that_it_says() -> None:
    rows = [Row("a"), Row("b")]
    name = Field[Row]("name", "sheet.name", width=9, column=TableColumn())
    assert [*objects([name], rows, FORMATTER)] == [{"name": "a"}, {"name": "b"}]
    made = sheet("t", [name], rows, FORMATTER, has_total=True)
    assert (made.title, made.columns[0].heading, made.columns[0].width) == ("t", EN("sheet.name"), 9)
    assert ([*made.rows], made.has_total) == ([("a",), ("b",)], True)
    shown = table([name], rows, FORMATTER, has_total=True)
    assert [(row.cells, row.is_total) for row in shown.rows] == [(("a",), False), (("b",), True)]
    assert [*objects([*not_in_json([name]), Field("part")], rows, FORMATTER)] == [{"part": None}] * 2
    assert not sheet("t", only_in_json([name]), rows, FORMATTER).columns
    assert not table(only_in_json([name]), rows, FORMATTER).columns
    alone = only_in_table(name, TableColumn("column.person"))
    assert table([alone], rows, FORMATTER).columns[0].heading == EN("column.person")
    assert not alone.in_json
    assert not alone.width


def test_a_cell_is_what_a_sheet_has_and_that_what_json_has() -> None:
    bare = Field[Row]("name", "sheet.name", get=lambda r, f: 1, width=1, column=TableColumn())
    worded = bare._replace(word=lambda r, f: 2)
    cell = worded._replace(cell=lambda r, f: "3")
    rows = [Row("a")]
    for field, shown in ((bare, (1, 1, 1)), (worded, (1, 2, 2)), (cell, (1, 2, "3"))):
        got = (
            next(iter(objects([field], rows, FORMATTER)))["name"],
            next(iter(sheet("", [field], rows, FORMATTER).rows))[0],
            next(iter(table([field], rows, FORMATTER).rows)).cells[0],
        )
        assert got == shown


def test_a_table_writes_numbers_and_days_as_people_do() -> None:
    parts = of("part", (
        Field("amount", "column.open", "number", column=TableColumn()),
        Field("share", "column.open", "share", get=lambda p, f: p.amount / 5000, column=TableColumn()),
        Field("day", "column.open", "day", column=TableColumn()),
    ))  # fmt: skip
    shown = table(parts, [Row("a", Part("x", 1234, "2024-07-01"))], FORMATTER)
    (row,) = shown.rows
    assert row.cells == ("1,234", "24.7%", EN.day("2024-07-01"))
    assert [column.align for column in shown.columns] == ["right", "right", "left"]


def test_a_column_in_which_nothing_stands_is_left_out_of_tables_where_that_is_asked_for() -> None:
    name = Field[Row]("name", "sheet.name", column=TableColumn())
    code, marks = (
        Field[Row](key, "column.code", cell=cell, blank=blank, column=TableColumn())
        for key, cell, blank in (
            ("code", lambda r, f: r.part and r.part.code, False),
            ("marks", lambda r, f: (), True),
        )
    )
    fields = [name, code, marks]
    bare, some = [Row("a"), Row("b")], [Row("a"), Row("b", Part("x"))]
    for rows, there in ((bare, ["a"]), (some, ["a", FORMATTER.unknown])):
        shown = table(fields, rows, FORMATTER, without_empty=True)
        assert [*next(iter(shown.rows)).cells] == there
        assert len(table(fields, rows, FORMATTER).columns) == 3
    none = name._replace(cell=lambda r, f: "0")
    assert len(table([none], bare, FORMATTER, without_empty=True).columns) == 1


def test_what_a_row_has_not_is_not_known_or_blank() -> None:
    code = Field[Any]("code", "column.code", within="part", width=9, column=TableColumn())
    rows = [Row("a"), Row("b", Part("x"))]
    assert [*objects([code], rows, FORMATTER)] == [{"code": None}, {"code": "x"}]
    assert tuple(sheet("", [code], rows, FORMATTER).rows) == ((None,), ("x",))
    shown = table([code, code._replace(blank=True)], rows, FORMATTER)
    assert [row.cells for row in shown.rows] == [(FORMATTER.unknown, ""), ("x", "x")]


def test_an_object_in_an_object_is_there_where_its_attribute_is() -> None:
    nested = Field[Row]("part", nested=(*of("part", (Field("code"),)), Field("name")))
    rows = [Row("a"), Row("b", Part("x")), Row("c")]
    found = [o["part"] for o in objects([nested], rows, FORMATTER)]
    assert found == [None, {"code": "x", "name": "b"}, None]


def test_a_group_stands_before_a_heading_which_begins_with_a_capital() -> None:
    field = Field[Row]("name", "counted.done", width=1, group="column.group.lead")
    assert (
        sheet("", [field], [], FORMATTER).columns[0].heading
        == f"{EN('column.group.lead')}: {EN('counted.done')}"
    )
    alone = sheet("", [field._replace(group="")], [], FORMATTER).columns[0].heading
    assert alone == EN("counted.done").capitalize()


def _given(key: str, row: Row, formatter: FactFormatter) -> str:
    return key


@given(st.lists(st.integers(-1, 9), max_size=10))
def test_people_have_every_field_once_whatever_follows_what(follows: list[int]) -> None:
    keys = [f"f{n}" for n in range(len(follows))]
    fields = [
        Field[Row](
            key, "sheet.name", get=partial(_given, key), width=1, after=f"f{n}" if -1 < n < place else ""
        )
        for place, (key, n) in enumerate(zip(keys, follows, strict=True))
    ]
    shown = next(iter(sheet("", fields, [Row("a")], FORMATTER).rows), ())
    assert sorted(map(str, shown)) == keys
    for field in fields:
        if field.after:
            assert shown.index(field.after) < shown.index(field.key)
    (made,) = objects(fields, [Row("a")], FORMATTER) if fields else ({},)
    assert list(made) == keys


def test_a_list_with_notes_begins_with_what_a_list_has() -> None:
    assert [f.key for f in NOTED if f.in_json][: len(TASK)] == [f.key for f in TASK.values() if f.in_json] + [
        "update", "days_late", "extensions"
    ]  # fmt: skip
