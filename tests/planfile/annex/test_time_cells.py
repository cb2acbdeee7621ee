"""The column of time: what is certain becomes a deadline, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.days import period_last_day, valid_day
from plantrack.planfile.annex import remark_texts
from plantrack.planfile.annex.time_cells import of_day, read_start, read_time

CERTAIN = {
    "Quý II": "2024-Q2",
    "QUÝ II/2024": "2024-Q2",
    "Q2": "2024-Q2",
    "quy 2 nam 2024": "2024-Q2",
    "Tháng 9": "2024-09",
    "T9/2024": "2024-09",
    "T.9/2024": "2024-09",
    "9/2024": "2024-09",
    "Tháng 10 năm 2024": "2024-10",
    "30/6/2024": "2024-06-30",
    "30.6.2024": "2024-06-30",
    "18-7-2024": "2024-07-18",
    "2024-07-18": "2024-07-18",
    "ngày 15 tháng 3": "2024-03-15",
    "Đến hết tháng 6": "2024-06",
    "Đến 30/6": "2024-06-30",
    "Chậm nhất ngày 20/12": "2024-12-20",
    "Không quá 31/8/2024": "2024-08-31",
    "Muộn nhất ngày 20/12": "2024-12-20",
    "Hoàn thành trong quý III": "2024-Q3",
    "Cuối tháng 6": "2024-06",
    "6 tháng đầu năm": "2024-H1",
    "6 tháng cuối năm 2024": "2024-H2",
    "Năm 2024": "2024",
    "Trong năm": "2024",
    "2024": "2024",
    "Tuần 30": "2024-W30",
}
RANGES = {
    "Quý I-II": ("2024-01-01", "2024-Q2"),
    "Quý II – III/2024": ("2024-04-01", "2024-Q3"),
    "quý 1-2": ("2024-01-01", "2024-Q2"),
    "Tháng 5-6": ("2024-05-01", "2024-06"),
    "Quý II-III": ("2024-04-01", "2024-Q3"),
    "Quý I – Quý IV/2024": ("2024-01-01", "2024-Q4"),
    "Tháng 3 - 5/2024": ("2024-03-01", "2024-05"),
    "Từ tháng 3 đến tháng 5": ("2024-03-01", "2024-05"),
    "15-20/8/2024": ("2024-08-15", "2024-08-20"),
    "Từ ngày 15/3 đến ngày 20/4/2024": ("2024-03-15", "2024-04-20"),
    "Cả năm": ("2024-01-01", "2024"),
    "Suốt năm 2024": ("2024-01-01", "2024"),
}
SEVERAL = {
    "Quý I, II": "2024-Q2",
    "Quý II + Quý III": "2024-Q3",
    "Tháng 5/tháng 6": "2024-06",
    "Quý II và quý IV": "2024-Q4",
    "Tháng 10 hoặc tháng 11": "2024-11",
    "Tháng 3, 6, 9, 12": "2024-12",
    "15, 16/8": "2024-08-16",
    "30/6; 31/12": "2024-12-31",
    "Quý I\nQuý III": "2024-Q3",
}
ONGOING = (
    "Thường xuyên",
    "thuong xuyen",
    "Thường xuyên trong năm",
    "Hằng tháng",
    "Hàng quý",
    "Nhiệm vụ thường xuyên",
    "Công việc thường xuyên trong năm",
    "Thường xuyên trong năm 2024",
    "Hằng năm",
    "Hằng tháng, quý, năm",
    "Hàng tháng/quý",
    "Cả năm/Thường xuyên",
    "Định kỳ 6 tháng, năm",
    "Thường xuyên (báo cáo hằng quý)",
    "Thường xuyên, theo yêu cầu nhiệm vụ",
    "Định kỳ hằng quý",
    "Thường xuyên, hằng tháng",
    *(
        "01 lần/quý",
        "2 số/tháng",
        "lần/tháng",
        "6 tháng/lần",
        "6 tháng 1 lần",
        "Mỗi tháng một lần",
        "3 tháng 01 lần",
    ),
)
#: Texts that no rule may make a day of.
UNCERTAIN = (
    "Quý II-I",
    "Tháng 6-5",
    "Quý I II",
    *(
        "Theo kế hoạch",
        "Khi có yêu cầu",
        "Sau 30/6",
        "Đầu quý II",
        "Tháng 5 (tuần 2)",
        "Hằng tháng (trước ngày 15)",
    ),
    *("1 lần/năm", "ngày/tháng", "02 lần", "Không quá 02 ngày"),
    *("Thường xuyên từ tháng 3", "Thường xuyên đến hết quý II", "Thường xuyên (trước 30/6)"),
    *("3-5/2024", "18-7", "30/6/24", "31/6", "Tháng 13", "Tháng 11 - 2", "Trước tháng 12/2024", "II", "15"),
    *("Thứ 2", "Hôm nay", "+7d", "Không", "nt", "", "Tháng 12 - 01/2025", "Từ nay đến 30/6", "x" * 5000),
)


@pytest.mark.parametrize("text", CERTAIN)
def test_one_day_or_period(text: str) -> None:
    assert read_time(text, 2024) == (CERTAIN[text], None, False, (), True)


@pytest.mark.parametrize("text", RANGES)
def test_a_stretch_has_a_start(text: str) -> None:
    when = read_time(text, 2024)
    assert (when.start, when.due) == RANGES[text]


@pytest.mark.parametrize("text", SEVERAL)
def test_of_several_the_last_is_the_deadline(text: str) -> None:
    when = read_time(text, 2024)
    assert (when.due, when.start, when.doubts) == (SEVERAL[text], None, (remark_texts.LAST_OF_SEVERAL,))


@pytest.mark.parametrize("text", ONGOING)
def test_regular_work_has_no_deadline(text: str) -> None:
    assert read_time(text, 2024) == (None, None, True, (), True)


@pytest.mark.parametrize("text", UNCERTAIN)
def test_what_is_not_certain_is_no_deadline(text: str) -> None:
    when = read_time(text, 2024)
    assert (when.due, when.ongoing, when.understood) == (None, False, False)


@pytest.mark.parametrize(
    ("text", "due", "doubt"),
    [
        ("Trước 30/6", "2024-06-30", remark_texts.BEFORE),
        ("Xong trước ngày 15/11/2024", "2024-11-15", remark_texts.BEFORE),
        ("Dự kiến quý II", "2024-Q2", remark_texts.ESTIMATED),
        ("Quý II (dự kiến)", "2024-Q2", remark_texts.ESTIMATED),
        ("Quý II (*)", "2024-Q2", remark_texts.MARKED),
        ("30/6 (1)", "2024-06-30", remark_texts.MARKED),
        ("Cả năm", "2024", remark_texts.ALL_YEAR),
        ("Quý I/2025", "2025-Q1", remark_texts.OUTSIDE_YEAR),
        ("Tháng 12/2024 - 01/2025", "2025-01", remark_texts.OUTSIDE_YEAR),
    ],
)
def test_what_is_doubtful_is_said(text: str, due: str, doubt: str) -> None:
    when = read_time(text, 2024)
    assert when.due == due
    assert doubt in when.doubts


def test_a_start_without_an_end_is_a_start() -> None:
    assert read_time("Từ tháng 3", 2024) == (None, "2024-03-01", False, (), False)


def test_a_day_of_a_spreadsheet() -> None:
    assert of_day("2024-06-30", 2024).due == "2024-06-30"
    assert of_day("2023-06-30", 2024).doubts == (remark_texts.OUTSIDE_YEAR,)


@pytest.mark.parametrize(
    ("text", "day"), [("Tháng 3", "2024-03-01"), ("15/3", "2024-03-15"), ("Trước 15/3", None), ("sớm", None)]
)
def test_a_column_of_starts(text: str, day: str | None) -> None:
    assert read_start(text, 2024) == day


pieces = st.sampled_from(
    (
        *CERTAIN,
        *RANGES,
        *SEVERAL,
        *UNCERTAIN[:20],
        "từ",
        "đến",
        "-",
        ",",
        ";",
        "và",
        "/",
        "\n",
        "năm",
        "quý",
        "tháng",
    )
)


@given(st.lists(pieces | st.text(max_size=5), max_size=5).map(" ".join), st.integers(1900, 2199))
def test_any_text(text: str, year: int) -> None:
    when = read_time(text, year)
    last = when.due and (when.due if valid_day(when.due) else period_last_day(when.due))
    assert when.due is None or last
    assert when.start is None or valid_day(when.start)
    assert not (when.start and last and when.start > last)
    assert not (when.ongoing and when.due)
    read_start(text, year)
