"""Which tasks a command is of: ids, ranges, words, a filter; what is left out, refused and asked about."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.services.chosen_tasks import ChosenTasks, choose_tasks, first_of, refuse_unexpected
from plantrack.services.verbs.edit import remove
from tests.support.next_plan import NEW, next_plan
from tests.support.next_plan import opened as opened_in_2024
from tests.support.steps import PLAN, OpenContext, opened, refused, said

DAY = "2024-07-10"


@pytest.fixture
def nine(context_on: OpenContext) -> OpenContext:
    """Open tasks 1 to 9; 3 is done, 4 dropped, 6 removed."""
    for n in range(1, 10):
        opened(context_on, "2024-07-01", "Tập huấn tổ 7" if n == 7 else f"Hội thảo {'ABCDEFGHI'[n - 1]}")
    said(context_on, "2024-07-02", "3", "done")
    said(context_on, "2024-07-02", "4", "drop", reason="thôi")
    remove(context_on("2024-07-02"), ["6"], "nhầm")
    return context_on


def left_out(chosen: ChosenTasks) -> dict[str, object]:
    return {note.code: note.params["tasks"] for note in chosen.notes}


def test_ids_that_were_typed_out_stay_as_they_are(nine: OpenContext) -> None:
    assert choose_tasks(nine(DAY), ["3", "nv9,#1"]) == ChosenTasks(("3", "9", "1"))
    assert choose_tasks(nine(DAY), ["3", "nd3.1"]).labels == ("3", "nd3.1")
    assert not choose_tasks(nine(DAY), ["1", "2", "3", "5"]).is_asked(closing=True)


def test_a_range_is_of_the_open_tasks_in_it_and_says_what_it_left_out(nine: OpenContext) -> None:
    chosen = choose_tasks(nine(DAY), ["2-12"])
    assert chosen.labels == ("2", "5", "7", "8", "9")
    assert chosen.found == 5
    assert left_out(chosen) == {"left-out-closed": ("3-4",), "left-out-unknown": ("6", "10-12")}


def test_ids_and_ranges_go_together_each_task_once(nine: OpenContext) -> None:
    chosen = choose_tasks(nine(DAY), ["9", "1-2,2", "2-5", "3"])
    assert chosen.labels == ("9", "1", "2", "5", "3")
    assert chosen.found == 2, "1 and 5: the others were typed out"


def test_what_reopens_is_of_the_closed_tasks_in_a_range(nine: OpenContext) -> None:
    chosen = choose_tasks(nine(DAY), ["1-5"], closed=True)
    assert chosen.labels == ("3", "4")
    assert left_out(chosen) == {"left-out-open": ("1-2", "5")}


@pytest.mark.parametrize("ids", [["3-4"], ["6-6"], ["0-0"], ["10-900"], ["1", "3-4"]])
def test_a_range_without_a_task_to_work_on_is_refused(nine: OpenContext, ids: list[str]) -> None:
    with refused("range-empty") as caught:
        choose_tasks(nine(DAY), ids)
    assert caught.value.exit_code == 3


def test_a_range_is_of_one_plan(context_on: OpenContext, workspace: Path) -> None:
    opened_in_2024(context_on)
    next_plan(context_on, workspace, 2025)
    opened(context_on, "2025-01-10", "Việc năm sau")
    context = context_on("2025-01-10", plan=NEW)
    assert choose_tasks(context, ["1-2"]).labels == ("2",)
    assert left_out(choose_tasks(context, ["1-2"])) == {"left-out-other-plan": ("1",)}
    assert choose_tasks(context_on("2025-01-10", plan=PLAN), ["1-2"]).labels == ("1",)


def test_a_filter_is_of_open_tasks_unless_it_asks_for_a_status(nine: OpenContext) -> None:
    chosen = choose_tasks(nine(DAY), [], "area:3")
    assert chosen.labels == ("1", "2", "5", "7", "8", "9")
    assert chosen.found == 6
    assert [note.params for note in chosen.notes] == [{"filter": "area:ND3"}], "as it was read"
    assert choose_tasks(nine(DAY), [], "status:done").labels == ("3",)
    assert choose_tasks(nine(DAY), [], "area:3", closed=True).labels == ("3", "4")
    assert choose_tasks(nine(DAY), [], '"tap huan" area:3').labels == ("7",)


@pytest.mark.parametrize("where", ["area:4", "blocked", "khongthaygi"])
def test_a_filter_that_finds_nothing_is_refused_as_it_was_read(nine: OpenContext, where: str) -> None:
    with refused("where-finds-nothing") as caught:
        choose_tasks(nine(DAY), [], where)
    assert caught.value.params["filter"] == where.replace("area:4", "area:ND4")


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("area:99", "unknown-area"),
        ("foo:1", "unknown-field"),
        ("lead:", "filter-value"),
        ('to:"x', "filter-quote"),
        ("5", "bare-value"),
        ('""', "filter-empty"),
    ],
)
def test_a_filter_is_refused_as_list_refuses_it(nine: OpenContext, where: str, code: str) -> None:
    with refused(code):
        choose_tasks(nine(DAY), [], where)


@pytest.mark.parametrize("words", [["tap", "huan"], ["Tập huấn"], ["tổ 7"], ["tap", "huan", "to", "7"]])
def test_words_that_find_one_open_task_mean_it(nine: OpenContext, words: list[str]) -> None:
    chosen = choose_tasks(nine(DAY), words)
    assert chosen.labels == ("7",)
    assert chosen.by_words
    assert chosen.is_asked(closing=False)


def test_words_that_find_several_are_refused_with_the_first(nine: OpenContext) -> None:
    with refused("words-find-several") as caught:
        choose_tasks(nine(DAY), ["hoi", "thao"])
    assert caught.value.params["first"] == "1"
    assert caught.value.params["known"] == tuple(
        f"{n} (Hội thảo {'ABCDEFGHI'[n - 1]})" for n in (1, 2, 5, 8, 9)
    )


@pytest.mark.parametrize(
    "words",
    [
        ["khong co"],
        ["hội thảo C"],
        ["18/7/2024"],
        ["18-7-2024"],
        ["lead:khongai"],
        ["foo:1"],
        ["-"],
        ["HN-4"],
    ],
)
def test_words_that_find_no_open_task_are_no_task(nine: OpenContext, words: list[str]) -> None:
    if words == ["HN-4"]:  # a label
        assert choose_tasks(nine(DAY), words).labels == ("HN-4",)
        return
    with refused("unknown-task") as caught:
        choose_tasks(nine(DAY), words)
    assert caught.value.params["task"] == words[0]


def test_what_the_longest_word_finds_alone_is_offered(nine: OpenContext) -> None:
    with refused("unknown-task") as caught:
        choose_tasks(nine(DAY), ["huấn luyện"])
    assert caught.value.params["near"] == ("7 (Tập huấn tổ 7)",)
    with refused("unknown-task") as caught:
        choose_tasks(nine(DAY), ["khôngthấy", "gìđâu"])
    assert caught.value.params["near"] == ()


def test_words_behind_a_number_are_no_words_to_look_for(nine: OpenContext) -> None:
    assert choose_tasks(nine(DAY), ["1", "tap huan"]).labels == ("1", "tap huan"), (
        "refused where it is looked up"
    )


def test_another_number_than_expected_is_refused(nine: OpenContext) -> None:
    assert choose_tasks(nine(DAY), ["1-9"], expect=6).found == 6
    assert choose_tasks(nine(DAY), ["1", "nv1", "3"], expect=2).labels == ("1", "3")
    for ids, where in ((["1-9"], None), ([], "area:3"), (["1"], None)):
        with refused("expect-differs"):
            choose_tasks(nine(DAY), ids, where, expect=5)
    refuse_unexpected(5, None)


@pytest.mark.parametrize(
    ("found", "closing", "others"),
    [(0, False, False), (1, False, False), (2, True, False), (20, True, False), (21, True, True)],
)
def test_what_was_not_typed_out_is_asked_about_from_a_number_on(
    found: int, closing: bool, others: bool
) -> None:
    chosen = ChosenTasks(tuple(map(str, range(50))), found)
    assert (chosen.is_asked(closing=True), chosen.is_asked(closing=False)) == (closing, others)


def test_the_first_tasks_are_shown(nine: OpenContext) -> None:
    context = nine(DAY)
    chosen = choose_tasks(context, [], "area:3")
    assert [task.label for task in first_of(context, chosen, 2)] == ["1", "2"]


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=4))
def test_ranges_choose_what_is_open_in_any_of_them(nine: OpenContext, spans: list[tuple[int, int]]) -> None:
    typed = [f"{min(span)}-{max(span)}" for span in spans]
    opens = {1, 2, 5, 7, 8, 9}
    wanted = [{n for n in opens if min(span) <= n <= max(span)} for span in spans]
    if not all(wanted):
        with refused("range-empty"):
            choose_tasks(nine(DAY), typed)
        return
    chosen = choose_tasks(nine(DAY), typed)
    assert sorted(chosen.labels, key=int) == sorted(map(str, set().union(*wanted)), key=int)
    assert chosen.found == len(chosen.labels)
