"""Which sheet, which kind, which columns: what a person said goes before what is guessed, and two of one are refused."""

import pytest

from plantrack.errors import Failure
from plantrack.model.importing.fields import FieldHeadings, ImportKind
from plantrack.model.plan import Text
from plantrack.services.importing.columns import ToldColumns, find_columns, read_map
from plantrack.tables.table_file import TableFile
from tests.support.imported import in_memory

NOTHING = ToldColumns()


def fields_of(*headings: str, told: ToldColumns = NOTHING, kind: ImportKind | None = None) -> dict[str, int]:
    return find_columns(in_memory(headings, ["1"] * len(headings)), told, kind).fields


def refused(*headings: str, told: ToldColumns = NOTHING, kind: ImportKind | None = None) -> Failure:
    with pytest.raises(Failure) as failure:
        fields_of(*headings, told=told, kind=kind)
    return failure.value


def test_the_table_that_everyone_expects() -> None:
    found = fields_of(
        "TT", "Nội dung/nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện", "Sản phẩm", "Kinh phí", "Ghi chú"
    )  # fmt: skip
    assert list(found) == ["no", "title", "lead", "coordinating", "due", "deliverable", "budget", "note"]


def test_a_content_is_an_area_beside_a_title_and_a_title_alone() -> None:
    assert fields_of("Nội dung", "Nhiệm vụ", "Hạn") == {"area": 0, "title": 1, "due": 2}
    assert fields_of("Nội dung", "Thời hạn") == {"title": 0, "due": 1}
    assert fields_of("Mã nội dung", "Nội dung", "Thời hạn") == {"area": 0, "title": 1, "due": 2}


def test_headings_of_our_own_sheets_are_known_in_both_languages() -> None:
    assert "title" in fields_of("Title", "Area", "Lead", "Deadline", "Status")


def test_two_columns_for_one_field_are_refused_with_both() -> None:
    failure = refused("Nhiệm vụ", "Thời hạn", "Hạn hoàn thành")
    assert (failure.code, failure.params["headings"]) == ("heading-unclear", ("Thời hạn", "Hạn hoàn thành"))
    told = ToldColumns(typed=read_map(["hạn hoàn thành="]))
    assert fields_of("Nhiệm vụ", "Thời hạn", "Hạn hoàn thành", told=told) == {"title": 0, "due": 1}
    told = ToldColumns(typed=read_map(["Hạn hoàn thành=due"]))
    assert fields_of("Nhiệm vụ", "Thời hạn", "Hạn hoàn thành", told=told) == {"title": 0, "due": 2}


def test_all_fields_in_doubt_are_named_at_once_and_no_other_column_steps_in() -> None:
    failure = refused("Tên nhiệm vụ", "Tên công việc", "Nội dung", "Thời hạn", "Hạn hoàn thành")
    assert failure.params["fields_of_table"] == (
        FieldHeadings("title", Text("Tên nhiệm vụ", "Title"), ("Tên nhiệm vụ", "Tên công việc")),
        FieldHeadings("due", Text("Thời hạn", "Deadline"), ("Thời hạn", "Hạn hoàn thành")),
    )
    told = ToldColumns(typed=read_map(["Tên công việc=", "Thời hạn="]))
    assert fields_of("Tên nhiệm vụ", "Tên công việc", "Nội dung", "Thời hạn", "Hạn hoàn thành", told=told) == {
        "title": 0, "area": 2, "due": 4,
    }  # fmt: skip


def test_headings_of_two_rows_are_known_in_one_too() -> None:
    found = fields_of("Nội dung công việc", "Đơn vị thực hiện – Chủ trì", "Đơn vị thực hiện – Phối hợp")
    assert found == {"title": 0, "lead": 1, "coordinating": 2}


def test_cells_that_all_name_areas_are_no_titles() -> None:
    def is_area(text: str) -> bool:
        return text.startswith("ND")

    codes = [["Nội dung", "Thời hạn", "Cột 7"], ["ND1", "30/9", "Việc một"], ["ND2", "", "Việc hai"]]
    told = ToldColumns(typed={"Cột 7": "title"})
    assert find_columns(in_memory(*codes), told, is_area=is_area).fields == {"area": 0, "due": 1, "title": 2}
    with pytest.raises(Failure, match="column-missing") as failure:
        find_columns(in_memory(*codes), NOTHING, is_area=is_area)
    assert failure.value.params["headings"] == ("Cột 7",)
    mixed = [*codes, ["Tập huấn", "", ""]]
    assert find_columns(in_memory(*mixed), NOTHING, is_area=is_area).fields == {"title": 0, "due": 1}
    assert fields_of("Việc", "Xong trước", "Nội dung") == {"title": 0, "area": 2}


@pytest.mark.parametrize(
    ("kind", "field"),
    [(ImportKind.TASK, "title"), (ImportKind.UPDATE, "title"), (ImportKind.PERSON, "name")],
)
def test_a_table_without_what_a_row_cannot_lack_is_refused(kind: ImportKind, field: str) -> None:
    failure = refused("Ghi chú", "Đơn vị", kind=kind)
    assert (failure.code, failure.params["field"]) == ("column-missing", field)


def test_a_heading_that_nobody_knows_is_what_a_person_says() -> None:
    found = find_columns(
        in_memory(["Đầu việc", "Xong trước", "Ai"], ["a", "b", "c"]),
        ToldColumns(typed=read_map(["Đầu việc=title", "xong truoc=due", "Ai="])),
        ImportKind.TASK,
    )
    assert (found.fields, found.is_told) == ({"title": 0, "due": 1}, True)
    assert found.mapping == {"Đầu việc": "title", "Xong trước": "due", "Ai": ""}


def test_what_is_guessed_must_be_confirmed_and_what_is_kept_not() -> None:
    file = in_memory(["TT", "Nhiệm vụ", "Hạn"], ["1", "2", "3"])
    assert not find_columns(file, ToldColumns()).is_told
    assert not find_columns(file, ToldColumns(typed={"Hạn": "due"})).is_told
    kept = find_columns(file, ToldColumns(kept={"Nhiệm vụ": "title", "Hạn": "due"}), ImportKind.TASK)
    assert (kept.is_told, kept.fields) == (True, {"no": 0, "title": 1, "due": 2})


def test_a_kept_column_that_is_not_there_is_refused_one_that_was_left_out_not() -> None:
    told = ToldColumns(kept={"Nhiệm vụ": "title", "Hạn": "due", "Ghi thêm": ""})
    assert refused("Nhiệm vụ", "Thời hạn", told=told, kind=ImportKind.TASK).code == "unknown-heading"
    assert fields_of("Nhiệm vụ", "Hạn", told=told, kind=ImportKind.TASK) == {"title": 0, "due": 1}


def test_a_key_column_is_named() -> None:
    assert fields_of("Nhiệm vụ", "Hạn", "Ký hiệu riêng", told=ToldColumns(key="ký hiệu riêng")) == {
        "title": 0, "due": 1, "key": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("headings", "told", "code"),
    [
        (("A", "B"), ToldColumns(), "import-columns-unknown"),
        (("Số", "Tên nhiệm vụ", "Chủ trì", "Trạng thái"), ToldColumns(), "import-kind-unclear"),
        (("Nhiệm vụ", "Hạn"), ToldColumns(typed={"Không có": "due"}), "unknown-heading"),
        (("Nhiệm vụ", "Hạn", "Cột", "Cột"), ToldColumns(typed={"Cột": "lead"}), "heading-twice"),
        (("Nhiệm vụ", "Hạn", "A", "B"), ToldColumns(typed={"A": "lead", "B": "lead"}), "heading-unclear"),
        (("Nhiệm vụ", "Hạn", "A"), ToldColumns(typed={"A": "gì đó"}), "unknown-import-field"),
    ],
)
def test_what_is_unclear_is_refused(headings: tuple[str, ...], told: ToldColumns, code: str) -> None:
    assert refused(*headings, told=told).code == code


def test_a_mapping_that_is_none_is_refused() -> None:
    with pytest.raises(Failure, match="map-form"):
        read_map(["Thời hạn"])


def test_of_several_sheets_one_is_named_and_hidden_ones_are_not_read() -> None:
    tasks, people = in_memory(["Nhiệm vụ", "Hạn"], ["a", "b"]), in_memory(["Họ tên", "Email"], ["a", "b"])
    one = tasks.sheets[0]._replace(name="Việc")
    other = people.sheets[0]._replace(name="Người")
    both = TableFile("x.xlsx", "xlsx", (one, other))
    with pytest.raises(Failure, match="import-several-sheets"):
        find_columns(both, ToldColumns())
    assert (
        find_columns(both, ToldColumns(), sheet="2").kind
        == find_columns(both, ToldColumns(), sheet="nguoi").kind
        == "person"
    )
    assert (
        find_columns(both._replace(sheets=(one, other._replace(hidden=True))), ToldColumns()).kind == "task"
    )
    with pytest.raises(Failure, match="unknown-sheet"):
        find_columns(both, ToldColumns(), sheet="Tháng 5")
