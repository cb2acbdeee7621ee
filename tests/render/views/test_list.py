"""The list of tasks."""

from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.model.task import Task
from plantrack.model.views.tasks import TaskList
from plantrack.render.formats import render
from plantrack.render.views.list import data, document
from tests.support.factory import make_list, make_task

VI, EN = Words("vi"), Words("en")


def printed(view: TaskList, words: Words = VI, form: str = "plain", width: int = 80) -> str:
    return render(document(view, words), form, words, width=width, colour=False)


def line_of(task: Task, words: Words = VI) -> list[str]:
    """Return the cells of a task's line, without the empty ones."""
    line = printed(make_list([task]), words).split("\n")[4]
    return [cell.strip() for cell in line.split("  ") if cell.strip()]


def test_a_task_is_one_line() -> None:
    task = make_task(
        9, "ND3.1", "in_progress", percent=40, due="2024-06-30", lead=("ubdt", "hlhpn"), in_charge=("Trần Thị Ánh",),
        blocked="chưa có địa điểm", title=Text("Hội thảo\nhai ngày", "Workshop"),
    )  # fmt: skip
    assert line_of(task) == [
        "9", "ND3.1", "Đang thực hiện 40%", "30/06/2024 quá 21 ngày", "UBDT, Hội LHPN Việt Nam", "Trần Thị Ánh",
        "⚠ vướng mắc", "Hội thảo / hai ngày",
    ]  # fmt: skip
    assert line_of(task, EN) == [
        "9", "ND3.1", "In progress 40%", "30 Jun 2024 21 days overdue", "CEMA, VWU", "Trần Thị Ánh", "⚠ blocked",
        "Workshop",
    ]  # fmt: skip


def test_what_is_not_known_is_said_to_be_so() -> None:
    assert line_of(make_task(1, "ND1", lead=()))[3:6] == ["chưa rõ", "chưa rõ", "chưa rõ"]
    assert line_of(make_task(1, "ND1", lead=()), EN)[3:6] == ["n/s", "n/s", "n/s"]


def test_deadlines_are_near_or_far() -> None:
    def due(day: str, status: str = "not_started", **changes: object) -> str:
        return line_of(make_task(1, "ND1", status, due=day, **changes))[3]

    assert due("2024-07-20") == "20/07/2024 quá 1 ngày"
    assert due("2024-07-21") == "21/07/2024 đến hạn trong ngày"
    assert due("2024-07-22") == "22/07/2024 còn 1 ngày"
    assert due("2024-07-05", "done", completed_on="2024-07-05") == "05/07/2024 đúng hạn"
    assert due("2024-07-05", "done", completed_on="2024-07-08") == "05/07/2024 chậm 3 ngày"
    assert due("2024-07-05", "dropped") == "05/07/2024"
    assert line_of(make_task(1, "ND1", due="2024-07-22"), EN)[3] == "22 Jul 2024 1 day left"


def test_what_the_plan_says_of_a_time_without_a_day_is_shown() -> None:
    assert line_of(make_task(1, due_text="ongoing"))[3] == "thường xuyên"
    assert line_of(make_task(1, due_text="Khi có yêu cầu"))[3] == "Khi có yêu cầu"


def test_closed_tasks_have_no_percentage_and_are_not_blocked() -> None:
    line = line_of(make_task(1, "ND1", "done", blocked="x"))
    assert line[2] == "Hoàn thành"
    assert not any("vướng mắc" in cell for cell in line)


def test_a_stale_task_is_flagged() -> None:
    assert "lâu chưa cập nhật" in line_of(make_task(1, "ND1", updated_on="2024-07-07"))


def test_a_narrow_page_puts_flags_and_people_under_what_they_belong_to() -> None:
    narrow = printed(make_list(), form="table", width=99).split("\n")
    wide = printed(make_list(), form="table", width=100).split("\n")
    assert "Lưu ý" not in " ".join(narrow)
    assert "⚠ vướng mắc" in " ".join(narrow)
    assert any("Lưu ý" in line for line in wide[:5])


def test_below_stand_the_count_and_what_is_hidden() -> None:
    text = printed(make_list())
    assert text.endswith(
        "\n13 nhiệm vụ. Không hiện 5 nhiệm vụ đã hoàn thành, đã rút hoặc chuyển tiếp. Thêm --all để xem.\n"
    )
    one = make_list([make_task(1)], closed=0, filter="overdue")
    assert printed(one).endswith("\n1 nhiệm vụ. Bộ lọc: overdue\n")
    assert printed(one, EN).endswith("\n1 task. Filter: overdue\n")


def test_of_too_many_hits_what_is_shown_is_counted_and_nothing_else() -> None:
    many = make_list([make_task(1)], total=None, closed=None, is_ranked=False)
    hidden = "Không hiện nhiệm vụ đã hoàn thành, đã rút hoặc chuyển tiếp. Thêm --all để xem."
    for view, count in (
        (many, "1 nhiệm vụ."),
        (many._replace(is_cut=True), "1 nhiệm vụ đầu; bỏ --limit để xem tất cả."),
    ):
        last = " ".join(printed(view).split())
        assert f"{count} Có hơn 2.000 nhiệm vụ chứa từ ngữ này" in last
        assert last.endswith(hidden)
    assert "2.000" not in printed(make_list([], total=0, closed=None, is_ranked=False))


def test_nothing_found_repeats_the_filter_and_the_nearest_words() -> None:
    view = make_list([], filter="hoi tahao", near=("hội thảo",), closed=0)
    text = printed(view)
    assert "Không có nhiệm vụ nào khớp với “hoi tahao”. Gần nhất: hội thảo.\n" in text
    assert "─" not in text


def test_nothing_open_found_says_what_is_hidden() -> None:
    assert "No open task matches “lead:ubdt”. 5 completed" in printed(make_list([], filter="lead:ubdt"), EN)
    assert "Không có nhiệm vụ nào đang mở." in printed(make_list([], closed=0))


def test_an_organisation_of_no_plan_is_named_by_its_id() -> None:
    assert "bdttg" in line_of(make_task(1, lead=("bdttg",)))


def test_json_is_a_list_of_tasks() -> None:
    assert [task["label"] for task in data(make_list(), VI)][:3] == ["9", "5", "13"]
