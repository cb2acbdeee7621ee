"""Facts in words, alike everywhere: how far a deadline is, who leads, how it stands, what is not known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.model.views.header import UnfinishedPlan
from plantrack.render.layout.blocks import StyledText, text_of
from plantrack.render.layout.fact_formatter import FactFormatter, no_match, one_line, plan_name, time_said
from tests.support.factory import AS_OF, make_heading, make_plan, make_task

VI, EN = Words("vi"), Words("en")


def formatter(words: Words = VI, **heading: object) -> FactFormatter:
    return FactFormatter(words, make_heading(**heading))


@given(st.integers(-400, 400))
def test_how_far_a_deadline_is_counts_the_days(days: int) -> None:
    due = (date.fromisoformat(AS_OF) + timedelta(days)).isoformat()
    away = formatter(EN).away(make_task(1, due=due))
    assert away is not None
    if days == 0:
        assert away.text == "due on the day"
    else:
        assert away.text.split()[0] == str(abs(days))
        assert ("overdue" in away.text, "left" in away.text) == (days < 0, days > 0)
    assert (away.meaning == "overdue") == (days < 0)


@pytest.mark.parametrize(
    ("completed_on", "said"),
    [
        ("2024-07-05", StyledText("đúng hạn", "done")),
        ("2024-07-01", StyledText("đúng hạn", "done")),
        ("2024-07-08", StyledText("chậm 3 ngày", "warning")),
    ],
)
def test_done_work_was_in_time_or_late(completed_on: str, said: StyledText) -> None:
    assert formatter().away(make_task(1, status="done", due="2024-07-05", completed_on=completed_on)) == said


def test_no_deadline_and_withdrawn_work_are_not_far_from_anything() -> None:
    assert formatter().away(make_task(1)) is None
    assert formatter().away(make_task(1, status="dropped", due="2024-07-01")) is None


def test_a_deadline_is_said_as_it_was_written_and_with_its_day() -> None:
    say = formatter()
    assert say.due("2024-06-30", "2024-Q2") == "Quý II/2024 (30/06/2024)"
    assert say.due("2024-06-30", None) == "30/06/2024"
    assert say.due(None, "ongoing") == "thường xuyên"
    assert say.due(None, "Khi có\nyêu cầu") == "Khi có / yêu cầu"
    assert say.due(None, None) == VI("task.no_due")


def test_a_percentage_is_said_while_work_goes_on() -> None:
    say = formatter()
    assert say.status(make_task(1, status="in_progress", percent=40)).text == "Đang thực hiện 40%"
    assert say.status(make_task(1, status="done", percent=100)).text == "Hoàn thành"
    assert say.status(make_task(1, status="in_progress")).text == "Đang thực hiện"


def test_organisations_are_named_as_the_plan_names_them_and_others_by_their_id() -> None:
    assert formatter().organisations(("ubdt", "bdttg")) == "UBDT, bdttg"
    assert formatter(EN).organisations(("ubdt", "hlhpn")) == "CEMA, VWU"
    assert formatter().leads(make_task(1, lead=())) == "chủ trì: chưa có thông tin"


def test_lines_under_a_title_say_what_a_reader_must_know() -> None:
    left = UnfinishedPlan(make_plan(number="12/KH", year=2023), 3)
    lines = formatter(known_given=True, unfinished=(left,)).lines("lead:ubdt")
    label, known, unfinished, filtered = map(text_of, lines)
    assert label == "SỐ LIỆU VÍ DỤ, không có thật"
    assert known == "Chỉ tính những gì đã ghi đến 00:00 ngày 22/07/2024."
    assert "12/KH" in unfinished
    assert filtered == "Bộ lọc: lead:ubdt"
    assert formatter(is_example=False).lines() == ()


def test_what_is_known_is_dated_by_the_clock_of_the_plan() -> None:
    assert "00:00 ngày 22/07/2024" in formatter().known()
    assert formatter(known_at=None).known() == ""


def test_a_plan_without_a_number_is_named_by_its_title() -> None:
    assert plan_name(make_plan(), VI) == "Kế hoạch số 468/KH-HLHPNVN-UBDT"
    assert plan_name(make_plan(number=None), EN) == "Coordination plan 2024"


def test_the_nearest_words_are_named_where_there_are_any() -> None:
    assert no_match(VI, "hoi tahao", ("hội thảo",)).endswith("“hoi tahao”. Gần nhất: hội thảo.")
    assert no_match(VI, "x", ()).endswith("“x”.")


@given(st.text())
def test_a_text_on_one_line_keeps_its_words(text: str) -> None:
    said = one_line(text)
    assert "\n" not in said
    assert said.split(" / ") == text.replace(" / ", "\n").split("\n")


def test_a_period_is_said_in_full_and_other_times_as_they_are() -> None:
    assert time_said("2024-Q3", VI) == "Quý III/2024"
    assert time_said("trước Tết", VI) == "trước Tết"


def test_a_title_is_in_the_language_of_its_reader() -> None:
    task = make_task(1, "ND1", title=Text("Họp\nsơ kết", "Review"))
    assert formatter().name(task) == "ND1 Họp / sơ kết"
    assert formatter(EN).name(task) == "ND1 Review"
