"""Plain text: everything at its full width, columns under one another whatever the letters."""

from hypothesis import given
from hypothesis import strategies as st

from plantrack.i18n.words import Words
from plantrack.render.layout.blocks import (
    Document,
    Table,
    TableColumn,
    TableRow,
)
from plantrack.render.layout.text_width import cell_width
from plantrack.render.views import list as tasks
from tests.support import factory
from tests.support.documents import REPORTS, TITLES, of_blocks, printed, titled_list

VI, EN = Words("vi"), Words("en")


@given(TITLES)
def test_any_title_stands_whole_on_its_line_of_plain_text(title: str) -> None:
    lines = printed(tasks.document(titled_list(title), VI), "plain").split("\n")
    assert lines[4].endswith(title)
    assert lines[4].count(title) >= 2


def test_plain_text_is_aligned_by_cells() -> None:
    people = ("Nguyễn Văn An", "Ksơ̆r Ƀlô̆", "民族")
    rows = [factory.make_task(i, in_charge=(name,)) for i, name in enumerate(people, 1)]
    lines = printed(tasks.document(factory.make_list(rows), VI), "plain").split("\n")[4:7]
    title = rows[0].title.vi
    assert len({cell_width(line.partition(title)[0]) for line in lines}) == 1


def test_long_columns_come_last_in_plain_text() -> None:
    head = printed(REPORTS["list"](VI), "plain").split("\n")[2]
    assert head.split("  ")[0] == "Số"
    assert head.endswith("Nhiệm vụ")


def test_the_rule_of_plain_text_is_as_wide_as_the_table() -> None:
    table = Table((TableColumn("a", long=True),), (TableRow(("x" * 200,)),))
    assert printed(Document("", (), (table,)), "plain").split("\n")[1] == "─" * 200


_WORD = st.text("aă民 \n", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.lists(st.tuples(_WORD, _WORD, _WORD), min_size=1, max_size=5))
def test_every_row_is_one_line_with_its_cells_under_the_headings(rows: list[tuple[str, str, str]]) -> None:
    columns = (TableColumn("Số", "right"), TableColumn("Tên"), TableColumn("Vướng mắc"))
    head, rule, *lines = printed(
        of_blocks(Table(columns, tuple(TableRow(row) for row in rows))), "plain"
    ).split("\n")[:-1]
    assert len(lines) == len(rows)
    last = cell_width(head.partition("Vướng")[0])
    for line, row in zip(lines, rows, strict=True):
        end = row[-1].replace("\n", " ")
        assert line.endswith(end)
        assert cell_width(line.removesuffix(end)) == last
        assert cell_width(line) <= cell_width(rule)
