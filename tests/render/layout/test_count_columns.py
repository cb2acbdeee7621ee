"""Counts as columns, bars and rates: parts sum to their whole, and rates name their denominators."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.plan import Text
from plantrack.model.status import Status
from plantrack.model.task import Task
from plantrack.render.layout.blocks import StyledText, text_of
from plantrack.render.layout.count_columns import (
    NUMBERS,
    Number,
    count_bar,
    legend,
    other,
    others,
    rates,
    row_title,
)
from plantrack.render.layout.fact_formatter import FactFormatter
from tests.support.factory import (
    AS_OF,
    make_counts,
    make_heading,
    make_progress_by,
    make_row,
    make_task,
    make_tasks,
)

VI, EN = Words("vi"), Words("en")
FORMATTER = FactFormatter(VI, make_heading())
#: Tasks in any state, some due, some late.
TASKS = st.lists(
    st.builds(
        lambda number, status, due: make_task(number, status=status, due=due),
        st.integers(1, 999),
        st.sampled_from([str(status) for status in Status]),
        st.none() | st.sampled_from(["2024-06-30", AS_OF, "2024-12-31"]),
    )
)


def of(name: str) -> Number:
    return next(number for number in NUMBERS if number.name == name)


@given(TASKS)
@example([make_task(1, status="in_progress", due="2024-06-30")])
def test_the_columns_of_statuses_and_the_bar_sum_to_the_total(tasks: list[Task]) -> None:
    counts = make_counts(tasks)
    parts = ("done", "in_progress", "not_started", "other")
    assert sum(of(name).of(counts) for name in parts) == of("total").of(counts) == len(tasks)
    row = make_row(None, None, tasks)
    bar = count_bar(row)
    assert bar.total == len(tasks)
    assert count_bar(row, with_dropped=False).total == counts.not_dropped
    numbers = {part.meaning: part.number for part in bar.parts}
    assert min(numbers.values()) >= 0
    assert (numbers["done"], numbers["overdue"]) == (counts.done, counts.open_overdue)
    in_time = [t for t in tasks if t.status is Status.IN_PROGRESS and t.deadline_state != "open_overdue"]
    assert numbers["in_progress"] == len(in_time), "what is overdue is shown once"


@given(TASKS)
def test_the_words_of_other_have_all_its_numbers(tasks: list[Task]) -> None:
    counts = make_counts(tasks)
    whole, *parts = map(int, re.findall(r"\d+", others(counts, EN)))
    assert whole == sum(parts) == other(counts)


def test_a_number_has_its_change_and_none_at_all_is_quiet() -> None:
    late = of("open_overdue")
    assert late.cell(Counts(open_overdue=3), Counts(open_overdue=1), VI) == (StyledText("3 (+1)", "overdue"),)
    assert late.cell(Counts(), Counts(open_overdue=-2), VI) == (StyledText("0 (-2)"),)
    assert late.cell(Counts(), Counts(), VI) == late.cell(Counts(), None, VI) == (StyledText("0", "quiet"),)
    assert of("total").cell(Counts(total=1234), None, VI) == (StyledText("1.234"),)


def test_the_rates_name_their_denominators() -> None:
    total = make_counts(make_tasks())
    assert rates(total, VI) == (
        "Hoàn thành 4/17 (23,5%), không tính 1 đã rút; trên số đã đến hạn 3/6 (50,0%)."
    )
    assert rates(total, EN) == "Completed 4/17 (23.5%), not counting 1 withdrawn; of those due 3/6 (50.0%)."


def test_a_rate_of_nothing_is_a_dash_and_nobody_withdrawn_is_not_said() -> None:
    assert rates(make_counts([make_task(1)]), VI) == "Hoàn thành 0/1 (0,0%); trên số đã đến hạn 0/0 (–)."


@pytest.mark.parametrize(
    ("by", "title"),
    [
        ("activity", "Không thuộc hoạt động nào"),
        ("org", "Chưa có đơn vị chủ trì"),
        ("person", "Chưa giao người phụ trách"),
        ("month", "Chưa có thời hạn"),
    ],
)
def test_the_row_of_tasks_with_none_is_worded(by: str, title: str) -> None:
    *_, last = make_progress_by(by).rows
    assert row_title(by, last, FORMATTER) == title


def test_months_have_their_names() -> None:
    row = make_row("2024-07", Text("2024-07"), [])
    assert row_title("month", row, FORMATTER) == "Tháng 7/2024"
    assert row_title("month", row, FactFormatter(EN, make_heading())) == "July 2024"


def test_the_legend_has_a_sign_for_each_part_of_a_bar() -> None:
    text = text_of(legend(VI))
    assert all(f"{sign} " in text for sign in "█▒!·")
