"""The list of tasks."""

from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.model.task import Task
from plantrack.model.views.tasks import TaskList
from plantrack.render.formats import render
from plantrack.render.views.list import book, columns_named, data, document
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
    nothing, known = (
        make_task(1, "ND1", lead=()),
        make_task(2, "ND1", due="2024-07-22", in_charge=("Ví dụ A",)),
    )
    for words, said in ((VI, "chưa rõ"), (EN, "n/s")):
        cells = printed(make_list([nothing, known]), words).split("\n")[4].split("  ")
        assert [cell.strip() for cell in cells if cell.strip()][3:6] == [said] * 3


def test_a_column_in_which_nothing_stands_is_left_out_for_eyes_alone() -> None:
    view = make_list([make_task(1, "ND1", lead=(), coordinating=())])
    for form in ("plain", "md", "html"):
        text = printed(view, form=form)
        assert "Nhiệm vụ" in text
        assert "Chủ trì" not in text
        assert "Thời hạn" not in text
    assert "Chủ trì" in [column.heading for column in book(view, VI).sheets[0].columns]
    assert next(iter(data(view, VI)))["lead"] == ()


def test_chosen_columns_are_those_of_every_form() -> None:
    chosen = columns_named(("thoi-han", "lead", "title"), with_notes=False)
    view = make_list([make_task(1, "ND1", due=None, lead=())])
    for form in ("plain", "md", "html", "table"):
        text = render(document(view, VI, chosen, one_line=True), form, VI, width=80, colour=False)
        assert text.index("Thời hạn") < text.index("Chủ trì") < text.rindex("Nhiệm vụ")
        assert "Trạng thái" not in text
    assert [column.heading for column in book(view, VI, chosen).sheets[0].columns] == [
        "Thời hạn", "Chủ trì", "Tên nhiệm vụ"
    ]  # fmt: skip
    assert list(next(iter(data(view, VI, chosen)))) == ["due", "lead", "title"]


def test_a_line_of_chosen_columns_cuts_texts_and_no_day() -> None:
    task = make_task(9, "ND3.1", "in_progress", due="2024-06-30", title=Text("Hội thảo " * 20))
    chosen = columns_named(("title", "due", "label"), with_notes=False)
    view = make_list([task], closed=0)
    text = render(document(view, VI, chosen, one_line=True), "table", VI, width=60, colour=False)
    line, *below = text.split("─\n")[1].split("\n")
    assert "…" in line
    assert line.endswith("30/06/2024 quá 21 ngày  9")
    assert below[:2] == ["Xem đủ chữ: --full.", "1 nhiệm vụ."]
    whole = render(document(view, VI, chosen), "table", VI, width=60, colour=False)
    assert "…" not in whole


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
    assert text.endswith("\n13 nhiệm vụ đang mở; 5 đã đóng (--all).\n")
    one = make_list([make_task(1)], closed=0, filter="overdue")
    assert printed(one).endswith("\n1 nhiệm vụ. Bộ lọc: overdue\n")
    assert printed(one, EN).endswith("\n1 task. Filter: overdue\n")


def test_of_too_many_hits_what_is_shown_is_counted_and_nothing_else() -> None:
    many = make_list([make_task(1)], total=None, closed=None, is_ranked=False)
    for view, count in (
        (many, "1 nhiệm vụ đang mở"),
        (many._replace(is_cut=True), "1 nhiệm vụ đầu (bỏ --limit để xem hết)"),
    ):
        last = " ".join(printed(view).split())
        hidden = "; còn nhiệm vụ đã đóng (--all). Có hơn 2.000 nhiệm vụ chứa từ ngữ này"
        assert f"{count}{hidden}" in last
    assert "2.000" not in printed(make_list([], total=0, closed=None, is_ranked=False))


def test_nothing_found_repeats_the_filter_and_the_nearest_words() -> None:
    view = make_list([], filter="hoi tahao", near=("hội thảo",), closed=0)
    text = printed(view)
    assert "Không có nhiệm vụ nào khớp với “hoi tahao”. Gần nhất: hội thảo. Bỏ bớt điều kiện" in text
    assert "─" not in text


def test_nothing_open_found_says_what_is_hidden() -> None:
    hidden = printed(make_list([], filter="lead:ubdt"), EN)
    assert "No open task matches “lead:ubdt”; 5 closed (--all).\n" in hidden
    assert "Không có nhiệm vụ nào đang mở; 5 đã đóng (--all).\n" in printed(make_list([]))


def test_where_there_is_nothing_at_all_the_way_to_the_first_one_is_told() -> None:
    assert "Chưa có nhiệm vụ nào. Thêm nhiệm vụ: plantrack add" in printed(make_list([], closed=0))
    assert "plantrack" not in printed(make_list([], closed=0), form="md")


def test_words_that_stand_in_english_titles_only_are_told_of() -> None:
    view = make_list([], closed=0, filter="workshop", is_in_english=True)
    assert "“workshop”. Từ ngữ này có trong tên tiếng Anh: thêm --lang en.\n" in printed(view)


def test_an_organisation_of_no_plan_is_named_by_its_id() -> None:
    assert "bdttg" in line_of(make_task(1, lead=("bdttg",)))


def test_json_is_a_list_of_tasks() -> None:
    assert [task["label"] for task in data(make_list(), VI)][:3] == ["9", "5", "13"]
