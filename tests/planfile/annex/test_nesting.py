"""Which line stands inside which: areas, headings between, activities, and what only says more of one."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.planfile.annex import remark_texts
from plantrack.planfile.annex.annex_rows import AnnexLine, LineField
from plantrack.planfile.annex.column_roles import ColumnRole
from plantrack.planfile.annex.nesting import Node, outline
from plantrack.planfile.annex.title_numbers import TITLE, Styles
from tests.support.annex_grids import HEAD, grid, made_bold, read, shape


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("1", "a", "Vụ A", ""), ("2", "b", "Vụ B", "")], {"Các hoạt động": ["a", "b"]}),
        ([("I", "A", "", ""), ("1", "a", "Vụ A", ""), ("II", "B", "", ""), ("1", "b", "", "Quý I")], {"A": ["a"], "B": ["b"]}),
        ([("1", "A", "", ""), ("1.1", "a", "Vụ A", ""), ("1.2", "b", "", ""), ("2", "B", "", ""), ("2.1", "c", "", "")],
         {"A": ["a", "b"], "B": ["c"]}),
        ([("", "1. A", "", ""), ("", "- a", "Vụ A", ""), ("", "- b", "Vụ A", "")], {"A": ["a", "b"]}),
        ([("A",), ("1", "a", "Vụ A", ""), ("", "b", "Vụ A", ""), ("B",), ("1", "c", "Vụ A", "")], {"A": ["a", "b"], "B": ["c"]}),
        ([("", "TUYÊN TRUYỀN", "", ""), ("1", "a", "Vụ A", ""), ("", "GIÁM SÁT", "", ""), ("1", "b", "Vụ A", "")],
         {"TUYÊN TRUYỀN": ["a"], "GIÁM SÁT": ["b"]}),
        ([("I", "A", "", ""), ("1", "B", "", ""), ("a)", "a", "Vụ A", ""), ("2", "C", "", ""), ("a)", "b", "Vụ A", "")],
         {"A": ["a", "b"]}),
        ([("I", "A", "", ""), ("1", "a", "Vụ A", ""), ("II", "B", "Vụ A", "Quý I"), ("III", "C", "", "")],
         {"A": ["a"], "B": ["B"], "C": []}),
        ([("I", "A", "", ""), ("II", "B", "", "")], {"A": [], "B": []}),
        ([("H", "A", "", ""), ("1", "a", "Vụ A", ""), ("I", "B", "", ""), ("1", "b", "Vụ A", "")], {"A": ["a"], "B": ["b"]}),
        ([("KẾ HOẠCH VÍ DỤ",), ("I", "A", "", ""), ("1", "a", "Vụ A", "")], {"A": ["a"]}),
        ([("Nội dung 1: A",), ("1", "a", "Vụ A", ""), ("Nội dung 2: B",), ("1", "b", "Vụ A", "")], {"A": ["a"], "B": ["b"]}),
        ([("ND01", "a", "Vụ A", ""), ("X-2", "b", "Vụ A", "")], {"Các hoạt động": ["a", "b"]}),
        ([], {"Các hoạt động": []}),
    ],
)  # fmt: skip
def test_areas_and_activities(rows: Sequence[Sequence[str]], found: dict[str, list[str]]) -> None:
    assert shape(*rows) == found


def test_most_lines_are_activities_and_one_is_divided() -> None:
    found = shape(("1", "a", "Vụ A", ""), ("2", "b", "Vụ A", ""), ("3", "C", "", ""), ("a)", "c", "Vụ B", ""))
    assert found == {"Các hoạt động": ["a", "b", "c"]}


def test_a_heading_with_work_of_its_own_is_an_activity_too() -> None:
    head = (*HEAD, "Sản phẩm", "Kinh phí (triệu đồng)")
    rows = (
        ("I", "A", "Vụ A", "", "", ""),
        ("1", "b", "Vụ B", "", "Báo cáo", "100"),
        ("1.1", "c", "Vụ C", "", "", "40"),
        ("II", "D", "-", "x", "", "60"),
        ("1", "e", "Vụ E", "", "", "60"),
        ("III", "F", "", "", "", "70"),
        ("1", "g", "Vụ G", "", "", ""),
    )
    plan, remarks = read(grid(head, *rows))
    found = {area.title.vi: [a.title.vi for a in area.activities] for area in plan.areas}
    assert found == {"A": ["b", "c"], "D": ["e"], "F": ["F", "g"]}
    first = plan.areas[0].activities[0]
    assert (first.lead, first.deliverable, first.budget and first.budget.amount) == (
        ("vu-b",),
        ("Báo cáo", None),
        100,
    )
    assert remark_texts.HEADING_TOO in remarks["areas/ND1/activities/ND1.1"]


def test_what_a_heading_shares_with_its_lines_is_not_its_own() -> None:
    made = grid(HEAD, ("I", "A", "", ""), ("1", "b", "Vụ A", ""), ("1.1", "c", "", ""), ("1.2", "d", "", ""))
    shared = made.rows[2].cells[2]
    assert shared is not None
    shared.height = 3
    made.rows[3].cells[2] = made.rows[4].cells[2] = shared
    plan, _ = read(made)
    assert [(a.title.vi, a.lead) for a in plan.areas[0].activities] == [("c", ("vu-a",)), ("d", ("vu-a",))]


def test_bold_details_begin_no_group() -> None:
    rows = (
        ("1", "a", "Vụ A", ""),
        ("", "- phần một", "", ""),
        ("", "- phần hai", "", ""),
        ("2", "b", "Vụ B", ""),
    )
    plan, _ = read(made_bold(grid(HEAD, *rows)))
    assert [a.title.vi for area in plan.areas for a in area.activities] == ["a", "b"]
    assert plan.areas[0].activities[0].note == f"{remark_texts.DETAILS}\n- phần một\n- phần hai"


def line(no: str, title: str, styles: Styles, *roles: ColumnRole) -> AnnexLine:
    """Return a line with a number of the next style, and something in the columns of `roles`."""
    found = {role: LineField("x") for role in roles}
    return AnnexLine(f"dòng {title}", no, title, styles.of(no), found)


def tree(nodes: Sequence[Node]) -> dict[str, object]:
    return {node.line.title: tree(node.inner) for node in nodes}


def test_headings_between_an_area_and_its_activities_are_kept_in_order() -> None:
    styles, work = Styles(), ColumnRole.LEAD
    lines = [
        *(
            line("I", "A", styles),
            line("1", "b", styles),
            line("1.1", "c", styles),
            line("a)", "d", styles, work),
        ),
        *(line("b)", "e", styles, work), line("2", "f", styles, work), line("II", "G", styles)),
    ]
    found = outline(lines)
    area, other = found.groups
    assert area.node is not None
    assert tree([area.node]) == {"A": {"b": {"c": {"d": {}, "e": {}}}, "f": {}}}
    between = {leaf.node.line.title: [node.line.title for node in leaf.between] for leaf in area.leaves}
    assert between == {"d": ["b", "c"], "e": ["b", "c"], "f": []}
    assert (other.node and other.node.line.title, other.leaves, found.top) == ("G", [], None)


def test_what_only_says_more_of_a_line_is_a_detail_and_work_of_its_own_is_not() -> None:
    def leaves(*roles: ColumnRole) -> list[tuple[str, list[str]]]:
        styles = Styles()
        first = line("1", "a", styles, ColumnRole.LEAD)
        lines = [
            first,
            line("-", "b", styles, *roles),
            line("-", "c", styles),
            line("2", "d", styles, ColumnRole.TIME),
        ]
        found = [leaf.node for group in outline(lines).groups for leaf in group.leaves]
        return [(node.line.title, [one.title for one in node.details]) for node in found]

    assert leaves() == [("a", ["b", "c"]), ("d", [])]
    assert leaves(ColumnRole.NOTE) == [("a", ["b", "c"]), ("d", [])]
    assert leaves(ColumnRole.TIME) == [("b", []), ("c", []), ("d", [])]


def test_a_title_above_everything_is_none_of_the_areas() -> None:
    styles = Styles()
    title = AnnexLine("dòng 1", title="KẾ HOẠCH", style=TITLE)
    lines = [title, line("1", "A", styles), line("1.1", "b", styles, ColumnRole.LEAD), line("2", "C", styles)]
    found = outline(lines)
    assert found.top is not None
    assert found.top.line is title
    assert [group.node and group.node.line.title for group in found.groups] == ["A", "C"]


numbers = st.sampled_from(("I", "II", "A", "1", "2", "1.1", "1.2", "a)", "b)", "-", "+", "", "Phần I", "i)"))
held = st.sets(st.sampled_from((ColumnRole.LEAD, ColumnRole.TIME, ColumnRole.BUDGET, ColumnRole.NOTE)))


@given(st.lists(st.tuples(numbers, held), max_size=12))
def test_every_line_has_its_place_and_activities_keep_their_order(
    drawn: list[tuple[str, set[ColumnRole]]],
) -> None:
    styles = Styles()
    lines = [line(no, f"{n}", styles, *roles) for n, (no, roles) in enumerate(drawn)]
    found = outline(lines)
    leaves = [leaf for group in found.groups for leaf in group.leaves]
    order = [int(leaf.node.line.title) for leaf in leaves]
    assert order == sorted(set(order))
    headings = [
        found.top,
        *(group.node for group in found.groups),
        *(node for leaf in leaves for node in leaf.between),
    ]
    nodes = [node for node in (*headings, *(leaf.node for leaf in leaves)) if node]
    details = [detail for node in nodes for detail in node.details]
    assert {one.title for one in (*details, *(node.line for node in nodes))} == {one.title for one in lines}
    assert not any(detail.has_work for detail in details)
