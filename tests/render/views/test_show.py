"""A task in full."""

from typing import Any

import pytest

from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.model.views.tasks import ShownTasks
from plantrack.render.formats import render
from plantrack.render.views import show
from tests.support.factory import make_show, make_task

VI, EN = Words("vi"), Words("en")


def card(words: Words = VI, *, in_short: bool = False, **changes: Any) -> list[str]:
    view = make_show()
    shown = view.shown[0]._replace(task=view.shown[0].task._replace(**changes))
    return written(view._replace(shown=(shown,)), words, in_short=in_short)


def written(view: ShownTasks, words: Words = VI, *, in_short: bool = False) -> list[str]:
    document = show.document(view, words, in_short=in_short)
    return render(document, "plain", words, width=80, colour=False).split("\n")


def test_a_card_has_every_field() -> None:
    lines = card()
    assert lines[3].startswith("Nhiệm vụ 9: Tổ chức hội thảo rà soát")
    fields = {line[:21].strip(): line[21:] for line in lines[4 : lines.index("Cập nhật (3)") - 1]}
    assert fields["Nội dung"] == "ND3 Hội thảo và khuyến nghị"
    assert fields["Hoạt động"].startswith("ND3.1 Tổ chức hội thảo")
    assert fields["Trạng thái"] == "Đang thực hiện"
    assert fields["Thời hạn"] == "Quý II/2024 (30/06/2024)"
    assert fields["Tình trạng thời hạn"] == "Quá hạn 21 ngày"
    assert (fields["Chủ trì"], fields["Phối hợp"]) == ("UBDT", "Hội LHPN Việt Nam")
    for unknown in ("Tiến độ", "Ngày bắt đầu", "Người phụ trách", "Sản phẩm", "Địa bàn"):
        assert fields[unknown] == "Chưa có thông tin"


def test_the_first_deadline_is_told_when_it_was_another() -> None:
    assert "Thời hạn ban đầu     15/06/2024" in card(first_due="2024-06-15")
    assert not any("Thời hạn ban đầu" in line for line in card())


def test_a_blocked_task_says_since_when() -> None:
    assert "Vướng mắc            chưa có địa điểm (từ 08/07/2024)" in card(
        blocked="chưa có địa điểm", blocked_since="2024-07-08"
    )
    assert "Difficulty            none" in card(EN)


def test_a_finished_task_says_when() -> None:
    task = make_task(1, "ND1", "done", due="2024-07-05", completed_on="2024-07-08")
    lines = card(**task._asdict())
    assert "Ngày hoàn thành      08/07/2024" in lines
    assert "Tình trạng thời hạn  Hoàn thành quá hạn 3 ngày" in lines
    assert "Hoạt động            Chưa có thông tin" in lines


@pytest.mark.parametrize(
    ("status", "changes", "vi", "en"),
    [
        ("done", {"due": "2024-07-05", "completed_on": "2024-07-01"}, "Hoàn thành đúng hạn", "Completed on time"),
        ("done", {"due": "2024-07-05", "completed_on": "2024-07-06"}, "Hoàn thành quá hạn 1 ngày",
         "Completed 1 day late"),
        ("in_progress", {"due": "2024-07-19"}, "Quá hạn 2 ngày", "Overdue by 2 days"),
        ("in_progress", {"due": "2024-07-22"}, "Sắp đến hạn, còn 1 ngày", "Due soon, 1 day left"),
    ],
)  # fmt: skip
def test_a_deadline_is_said_once(status: str, changes: dict[str, Any], vi: str, en: str) -> None:
    task = make_task(1, "ND1", status, **changes)._asdict()
    assert f"Tình trạng thời hạn  {vi}" in card(**task)
    assert f"Against the deadline  {en}" in card(EN, **task)


def test_where_a_task_came_from_and_where_it_went_is_said_first() -> None:
    view = make_show()
    task = view.shown[0].task._replace(carried_from="12", carried_to="31", first_due="2023-06-30")
    shown = view.shown[0]._replace(task=task, plan_before="kh-2023", plan_after="kh-2025")
    for words, came, went in (
        (VI, "Chuyển tiếp từ       nhiệm vụ 12 (kh-2023), thời hạn đầu tiên: 30/06/2023",
         "Chuyển tiếp sang     nhiệm vụ 31 (kh-2025)"),
        (EN, "Carried over from     task 12 (kh-2023), first due: 30 Jun 2023",
         "Carried over to       task 31 (kh-2025)"),
    ):  # fmt: skip
        document = show.document(view._replace(shown=(shown,)), words)
        lines = render(document, "plain", words, width=80, colour=False).split("\n")
        assert lines[4:6] == [came, went]
    assert not any("Chuyển tiếp" in line for line in card())


def test_what_follows_the_plan_is_named() -> None:
    assert "Lấy theo kế hoạch    Tên nhiệm vụ, Thời hạn" in card(follows=("title", "due"))


def test_in_short_what_is_not_known_stands_in_a_line() -> None:
    lines = card(in_short=True)
    unknown = "Chưa có thông tin    Tiến độ, Ngày bắt đầu, Người phụ trách, Sản phẩm, Địa bàn"
    assert [line for line in lines if "Chưa có thông tin" in line] == [unknown]
    everything = card(
        in_short=True, percent=5, start="2024-07-01", in_charge=("A",), deliverable=Text("x"), places=("y",)
    )
    assert not any("Chưa có thông tin" in line for line in everything)


def test_in_short_there_are_the_last_updates_and_how_many_came_before() -> None:
    view = make_show()
    (shown,) = view.shown
    more = [shown.updates[0]._replace(on=f"2024-06-0{n}", uid=f"{n:026}", number=n) for n in range(4, 9)]
    view = view._replace(shown=(shown._replace(updates=(*more, *shown.updates)),))
    for words, said in (
        (VI, "Trước đó còn 5 cập nhật. Xem: plantrack show 9 --history"),
        (EN, "There are 5 older updates. See them: plantrack show 9 --history"),
    ):
        lines = written(view, words, in_short=True)
        first = lines.index(said)
        assert lines[first - 1] in ("Cập nhật (8)", "Updates (8)")
        assert [line.split(", ")[1] for line in lines[first:] if line.startswith("- ")][:3] == [
            "c12",
            "c30",
            "c29",
        ]
        assert said not in written(view, words)
    assert "Trước đó còn" not in "".join(card(in_short=True))


def test_the_history_is_there_where_it_was_asked_for() -> None:
    view = make_show()
    assert "Lịch sử" in written(view)
    (without,) = view._replace(shown=(view.shown[0]._replace(history=None),)).shown
    assert "Lịch sử" not in written(view._replace(shown=(without,)))
    (known,), (unknown,) = (show.data(v, VI) for v in (view, view._replace(shown=(without,))))
    assert [change["field"] for change in known["history"]] == [e.field for e in view.shown[0].history or ()]
    assert unknown["history"] is None
    assert [*known] == [*unknown]


def test_updates_come_newest_last_and_the_withdrawn_are_marked() -> None:
    lines = card()
    heads = [line for line in lines if ", c" in line and line.startswith("- ")]
    assert heads == [
        "- 01/07/2024, c12, người ghi: Ví dụ A",
        "- 16/07/2024, c30, người ghi: Ví dụ A (đã được c31 hoàn tác)",
        "- 16/07/2024, c29, người ghi: Ví dụ A, theo: Ví dụ B",
    ]
    assert "  - Việc tiếp theo: gửi giấy mời" in lines
    assert lines[lines.index("  - Việc tiếp theo: gửi giấy mời") + 1] == "    đặt chỗ"
    assert "  - Ghi chú: nội bộ" in lines


def test_several_tasks_have_a_card_each() -> None:
    view = make_show()
    twice = view._replace(shown=(*view.shown, *make_show(4).shown))
    text = render(show.document(twice, VI), "md", VI, width=80, colour=False)
    assert [line[:14] for line in text.split("\n") if line.startswith("## ")] == [
        "## Nhiệm vụ 9:",
        "## Nhiệm vụ 4:",
    ]


def test_money_is_told_in_full_where_any_is_known() -> None:
    lines = card(budget=50_000_000, budget_source="NSTW", allocated=40_000_000, spent=10_000_000)
    assert lines[lines.index("Kinh phí dự kiến     50.000.000 đồng") :][:4] == [
        "Kinh phí dự kiến     50.000.000 đồng",
        "Nguồn kinh phí       NSTW",
        "Kinh phí được giao   40.000.000 đồng",
        "Kinh phí đã chi      10.000.000 đồng (25,0% số được giao)",
    ]
    assert "Spent                 VND 10,000,000" in card(EN, spent=10_000_000)
    assert not any("Kinh phí" in line for line in card())


def test_an_update_says_its_money() -> None:
    view = make_show()
    shown = view.shown[0]
    told = shown.updates[0]._replace(allocated=40_000_000, spent=0)
    lines = written(view._replace(shown=(shown._replace(updates=(told,)),)))
    assert "  - Kinh phí được giao: 40.000.000 đồng" in lines
    assert "  - Kinh phí đã chi: 0 đồng" in lines
