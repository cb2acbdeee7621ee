"""What a carry-over would do: a table that fits, remarks that name their tasks, and the same in JSON."""

from typing import Any

import pytest

from plantrack.i18n.words import Words
from plantrack.model.plan import Organisation, Text
from plantrack.model.views.plan import Carried, CarryOver, Remark
from plantrack.render.formats import render
from plantrack.render.layout.text_width import cell_width
from plantrack.render.views.plan.carry_over import carry_over_remarks, data, document
from tests.support.factory import make_heading, make_plan, make_task

VI, EN = Words("vi"), Words("en")
_MINISTRY = Organisation("bdttg", Text("Bộ Dân tộc và Tôn giáo", "MERA"))
_NEW = make_plan(id="kh-2025", year=2025, organisations=(*make_plan().organisations, _MINISTRY))


def make_carried(number: int = 1, *said: Remark, **new: Any) -> Carried:
    """Return a task of the example that goes on, with what is other in the new plan."""
    old = make_task(
        number, "ND2.2", "in_progress", percent=40, due="2024-09-30", lead=("ubdt",), blocked="kẹt"
    )
    changed = {"plan": "kh-2025", "opened_on": "2025-03-10", **new}
    return Carried(old, old._replace(**changed), said)


def make_carry_over(*tasks: Carried) -> CarryOver:
    """Return a carry-over from plan 468."""
    return CarryOver(make_heading(plan=_NEW, is_example=False), make_plan(), "2025-03-10", tasks)


SUCCESSOR = Remark("successor", {"organisation": "ubdt", "successor": "bdttg"})
EXAMPLE = make_carry_over(
    make_carried(3, SUCCESSOR, lead=("bdttg",)),
    make_carried(12, Remark("due", {"activity": "ND2.2"}), due="2025-06-30", due_text="2025-Q2"),
    make_carried(14, SUCCESSOR, Remark("moved", {"old": "ND2.2", "new": "ND4.1"}), lead=("bdttg",), area="ND4", activity="ND4.1"),
    make_carried(15, Remark("activity-gone", {"activity": "ND2.2", "area": "ND2"}), activity=None),
)  # fmt: skip


def printed(view: CarryOver, words: Words = VI, form: str = "plain", width: int = 80) -> str:
    return render(document(view, words), form, words, width=width, colour=False)


def test_what_is_other_is_shown_as_it_was_and_as_it_will_be() -> None:
    text = printed(EXAMPLE)
    for said in ("UBDT → Bộ Dân tộc và Tôn giáo", "30/09/2024 → Quý II/2025 (30/06/2025)", "ND2.2 → ND4.1"):
        assert said in text
    assert text.startswith("Chuyển tiếp từ kh-468-2024 sang kh-2025, ngày 10/03/2025\n")
    assert "Sẽ đóng 4 nhiệm vụ và mở 4 nhiệm vụ tiếp tục; chưa ghi gì." in text
    assert "Nhiệm vụ 3, 14: UBDT đã kết thúc, thay bằng đơn vị kế thừa Bộ Dân tộc và Tôn giáo." in text


def test_it_is_said_in_english_too() -> None:
    text = printed(EXAMPLE, EN)
    assert "Task 3, 14: CEMA has ended; its successor MERA takes its place." in text
    assert "Task 15: the new plan has no activity ND2.2 “" in text
    assert "only area ND2 is left, with the deadline and the lead of the task." in " ".join(text.split())
    assert "4 tasks would be closed" in text
    assert "1 task would be closed" in printed(make_carry_over(make_carried()), EN)


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
def test_the_table_fits(width: int, words: Words) -> None:
    for line in printed(EXAMPLE, words, "table", width).split("\n"):
        assert cell_width(line) <= width, line


def test_nothing_to_carry_over_is_said() -> None:
    assert "không có gì để chuyển tiếp" in printed(make_carry_over())
    assert "Số" not in printed(make_carry_over())


def test_remarks_have_the_labels_they_are_given() -> None:
    lines = carry_over_remarks(EXAMPLE, ["31", "32", "33", "34"], VI)
    assert lines[0].startswith("Nhiệm vụ 31, 33: UBDT")
    assert len(lines) == 4


@pytest.mark.parametrize(
    ("code", "params"),
    [
        ("activity-has", {"activity": "ND2.2", "tasks": "40"}),
        ("activity-other", {"activity": "ND2.2", "area": "ND2"}),
        ("namesake", {"old": "ND2.2", "new": "ND2.9"}),
        ("place-unknown", {"place": "Kon Tum"}),
    ],
)
def test_every_remark_has_its_words(code: str, params: dict[str, str]) -> None:
    view = make_carry_over(make_carried(1, Remark(code, params)))
    for words in (VI, EN):
        (line,) = carry_over_remarks(view, ["1"], words)
        assert all(value in line for value in params.values())


def test_json_has_each_task_as_it_will_be_and_as_it_is() -> None:
    task = data(EXAMPLE, VI)[2]
    assert list(task) == [
        *("task", "title", "status", "percent", "blocked", "plan", "area", "activity", "due"),
        *("lead", "coordinating", "places", "before", "remarks"),
    ]
    assert (task["task"], task["plan"], task["activity"], task["lead"]) == (
        "14",
        "kh-2025",
        "ND4.1",
        ["bdttg"],
    )
    assert (task["before"]["plan"], task["before"]["activity"], task["before"]["lead"]) == (
        "kh-468-2024", "ND2.2", ["ubdt"],
    )  # fmt: skip
    assert len(task["remarks"]) == 2
