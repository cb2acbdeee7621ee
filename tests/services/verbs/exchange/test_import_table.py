"""Rows of a table are one command: all of them, or but for the wrong ones; again, they change nothing."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.problem import RowProblem
from plantrack.services.context import Context, ContextRequest, open_context
from plantrack.services.importing import read_table
from plantrack.services.verbs.exchange.import_table import import_table
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.org import list_organisations
from plantrack.services.verbs.person import list_people
from plantrack.services.verbs.undo import undo
from plantrack.store.checks.soundness import differences
from plantrack.store.exchange.imported_rows import KnownRow, kept_mapping, known_rows
from plantrack.store.sqlite.connection import SQLite, connect
from tests.conftest import Hands, dump
from tests.support.imported import HEADINGS, codes, imported, read, table
from tests.support.steps import OpenContext, command_of, opened, stood
from tests.support.whole import whole

ROWS = (
    ["1", "Việc một", "ND1", "ubdt", "Quý II"],
    ["2", "Việc hai", "ND2", "hlhpn", "15/8"],
    ["3", "Việc ba", "3", "", "Thường xuyên"],
)


def answers(context: Context) -> object:
    """Return what there is, as questions have it."""
    there = whole(list_tasks(context, [], everything=True)).tasks
    return there, list_organisations(context).organisations, list_people(context).people


def test_all_rows_are_one_command_and_again_nothing(
    context_on: OpenContext, db: SQLite, tmp_path: Path
) -> None:
    file = table(tmp_path, HEADINGS, *ROWS)
    done = imported(context_on("2024-07-01"), file)
    assert (command_of(done.written).verb, done.tasks) == ("import", {2: "1", 3: "2", 4: "3"})  # type: ignore[arg-type]
    found = [stood(context_on, label) for label in ("1", "2", "3")]
    assert [(t.title.vi, t.area, t.lead, t.due, t.due_text) for t in found] == [
        ("Việc một", "ND1", ("ubdt",), "2024-06-30", "2024-Q2"),
        ("Việc hai", "ND2", ("hlhpn",), "2024-08-15", None),
        ("Việc ba", "ND3", (), None, "ongoing"),
    ]
    again = imported(context_on(), file)
    assert (again.written, again.tasks, read(context_on(), file).left) == (None, {}, 3)


def test_one_undo_takes_all_of_it_back_and_then_it_is_new(
    context_on: OpenContext, workspace: Path, tmp_path: Path
) -> None:
    opened(context_on, "2024-07-01")
    file = table(tmp_path, HEADINGS, *ROWS, ["4", "Việc", "ND1", "Ban Mới", ""])
    before = answers(context_on())
    done = imported(context_on(), file, new_org=True)
    assert context_on().names.organisation("Ban Mới").id == "ban-moi"
    undo(context_on(), command_of(done.written).label)  # type: ignore[arg-type]
    assert answers(context_on()) == before
    assert len(read(context_on(), file, new_org=True).rows) == 4


def test_with_a_row_that_is_wrong_nothing_is_written(
    context_on: OpenContext, workspace: Path, tmp_path: Path
) -> None:
    opened(context_on, "2024-07-01", "Đã xong")
    before = dump(workspace / "plantrack.db")
    file = table(tmp_path, HEADINGS, *ROWS, ["4", "Việc", "ND9", "", ""])
    done = imported(context_on(), file)
    assert (done.written, codes(done)) == (None, [(5, "area", "unknown-area")])
    assert dump(workspace / "plantrack.db") == before


def test_what_the_store_refuses_is_told_with_the_rest(context_on: OpenContext, tmp_path: Path) -> None:
    opened(context_on, "2024-07-01")
    file = table(
        tmp_path,
        ["Số nhiệm vụ", "Kết quả", "Ngày"],
        ["1", "sớm", "1/1/2024"],
        ["7", "không có", ""],
        ["1", "nay", ""],
    )
    done = imported(context_on(), file)
    assert codes(done) == [(2, "on", "opening-too-far"), (3, "task", "unknown-task")]


def test_wrong_rows_go_elsewhere_before_the_others_count(
    context_on: OpenContext, workspace: Path, tmp_path: Path
) -> None:
    opened(context_on, "2024-07-01")
    file = table(
        tmp_path,
        ["Số nhiệm vụ", "Kết quả", "Ngày"],
        ["1", "sớm", "1/1/2024"],
        ["7", "không có", ""],
        ["1", "nay", ""],
    )
    taken: list[Sequence[RowProblem]] = []
    before = dump(workspace / "plantrack.db")

    def full(problems: Sequence[RowProblem]) -> None:
        raise Failure("output-failed", file="x", reason="full")

    with pytest.raises(Failure, match="output-failed"):
        import_table(context_on(), read(context_on(), file), full)
    assert dump(workspace / "plantrack.db") == before
    done = import_table(context_on(), read(context_on(), file), taken.append)
    assert ([problem.row for problem in taken[0]], done.tasks) == ([2, 3], {4: "1"})
    assert stood(context_on, "1").updated_on == "2024-07-01"


def test_a_trial_writes_nothing(context_on: OpenContext, workspace: Path, tmp_path: Path) -> None:
    before = dump(workspace / "plantrack.db")
    context = context_on("2024-07-01")._replace(is_trial=True)
    done = imported(context, table(tmp_path, HEADINGS, *ROWS), name="so-a")
    assert done.tasks == {2: "1", 3: "2", 4: "3"}
    assert dump(workspace / "plantrack.db") == before


def test_rows_that_others_imported_meanwhile_are_not_written_twice(
    context_on: OpenContext, workspace: Path, tmp_path: Path
) -> None:
    context, file = context_on("2024-07-01"), table(tmp_path, HEADINGS, *ROWS)
    found = read(context, file)
    other = connect(workspace / "plantrack.db")
    imported(open_context(other, ContextRequest(author="Người khác"), Hands("2024-07-01")), file)
    other.close()
    with pytest.raises(Failure, match="import-changed-meanwhile"):
        import_table(context_on(), found)


def test_rows_that_others_imported_while_the_file_was_read_are_not_written_twice(
    context_on: OpenContext, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, file = context_on("2024-07-01"), table(tmp_path, HEADINGS, *ROWS)

    def known_just_before(*asked: Any) -> dict[str, list[KnownRow]]:
        found = known_rows(*asked)
        monkeypatch.undo()
        other = connect(workspace / "plantrack.db")
        imported(open_context(other, ContextRequest(author="Người khác"), Hands("2024-07-01")), file)
        other.close()
        return found

    monkeypatch.setattr(read_table, "known_rows", known_just_before)
    found = read(context, file)
    with pytest.raises(Failure, match="import-changed-meanwhile"):
        import_table(context, found)


def test_columns_are_kept_under_a_name(context_on: OpenContext, db: SQLite, tmp_path: Path) -> None:
    file = table(tmp_path, HEADINGS, *ROWS)
    imported(context_on("2024-07-01"), file, name="so-a")
    kept = kept_mapping(db, "so-a")
    assert kept is not None
    assert (kept.kind, kept.columns["Thời hạn"]) == ("task", "due")
    again = read(context_on(), file, name="so-a")
    assert (again.columns.is_told, again.is_new_mapping, again.left) == (True, False, 3)
    # The same rows, without the name: they are there too.
    assert read(context_on(), file).left == 3


titles = st.text(st.sampled_from("aăếbcdđ AB1–"), min_size=1, max_size=12).filter(str.strip)
rows = st.lists(
    st.tuples(
        titles,
        st.sampled_from(["ND1", "2", "nd3"]),
        st.sampled_from(["", "ubdt", "UBDT; hlhpn", "Hội LHPN Việt Nam"]),
        st.sampled_from(["", "15/8", "Quý II", "-", "thường xuyên"]),
    ),
    min_size=1,
    max_size=6,
)


@given(rows=rows, order=st.permutations(range(4)))
def test_any_order_of_columns_gives_the_same_tasks_and_again_none(
    context_on: OpenContext, db: SQLite, tmp_path: Path, rows: list[tuple[str, ...]], order: list[int]
) -> None:
    headings = ("Tên nhiệm vụ", "Mã nội dung", "Chủ trì", "Hạn")
    context = context_on("2024-07-01")
    before = answers(context)
    one = imported(context, table(tmp_path, headings, *rows))
    said = [stood(context_on, label)._replace(uid="", number=0) for label in one.tasks.values()]
    mixed = [[row[n] for n in order] for row in (headings, *rows)]
    again = read(context_on(), table(tmp_path, *mixed))
    assert (len(again.rows), again.problems) == (0, [])
    undo(context_on(), command_of(one.written).label)  # type: ignore[arg-type]
    assert answers(context_on()) == before
    other = imported(context_on(), table(tmp_path, *mixed))
    assert [stood(context_on, label)._replace(uid="", number=0) for label in other.tasks.values()] == said
    undo(context_on(), command_of(other.written).label)  # type: ignore[arg-type]
    assert not [*differences(db)]
