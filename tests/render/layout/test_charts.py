"""Pictures: what they show is what the figures say, and their words say it too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.model.status import Status
from plantrack.model.views.chart_series import Speakers, WeeklySeries
from plantrack.render.formats import FORMS, render
from plantrack.render.formats.ascii_charts import LEAST_WIDTH, picture, ticks
from plantrack.render.layout.blocks import Chart, Document, text_of
from plantrack.render.layout.blocks import ChartSeries as Line
from plantrack.render.layout.charts import MOST_ROWS, areas, burn_up, pictures, silence_chart
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.text_width import cell_width
from plantrack.render.views.weekly import document
from tests.support.factory import make_heading, make_progress, make_progress_by, make_task
from tests.support.factory_series import make_chart, make_series
from tests.support.factory_weekly import make_weekly

VI, EN = Words("vi"), Words("en")
KINDS = ("bars", "lines", "cells")


def the_areas(words: Words = VI) -> Chart:
    return areas(make_progress(), FactFormatter(words, make_heading()))


# From figures to pictures.


def test_bars_of_areas_sum_to_what_was_not_dropped() -> None:
    view, chart = make_progress(), the_areas()
    shown = [row for row in view.rows if row.counts.not_dropped]
    for i, row in enumerate(shown):
        parts = [series.values[i] or 0 for series in chart.series]
        assert sum(parts) == row.counts.not_dropped
        assert parts[0] == row.counts.done
        assert parts[2] == row.counts.open_overdue
        assert chart.said[i] == f"{row.counts.done}/{row.counts.not_dropped}"
    assert chart.labels[0] == "ND1 Tuyên truyền nâng cao nhận thức"


def test_an_area_in_which_all_was_dropped_is_not_drawn() -> None:
    tasks = [make_task(1, "ND1.1"), make_task(2, "ND2.1", "dropped")]
    chart = areas(make_progress(tasks), FactFormatter(VI, make_heading()))
    assert [label[:3] for label in chart.labels] == ["ND1"]
    assert tasks[1].status is Status.DROPPED


def test_the_words_of_areas_name_what_is_late() -> None:
    assert "ND3 0/2 (quá hạn 1)" in the_areas().text
    assert "ND3 0/2 (overdue 1)" in the_areas(EN).text


def test_burn_up_says_the_last_day_and_goes_on_with_deadlines() -> None:
    series, chart = make_series(), burn_up(make_series(), VI)
    assert chart.now == 17
    assert chart.labels[17] == "21/07/2024"
    assert [line.values[17] for line in chart.series] == [17, 5, 4]
    assert [line.values[-1] for line in chart.series] == [None, series.points[-1].due, None]
    for number in ("21/07/2024", "17", "đến hạn phải hoàn thành 5", "hoàn thành 4", "chưa có thời hạn: 5"):
        assert number in chart.text


def test_months_are_named_where_there_is_room() -> None:
    assert [name for _, name in burn_up(make_series(), VI).marks][:4] == ["T4", "T5", "T6", "T7"]
    assert [name for _, name in burn_up(make_series(), EN).marks][:4] == ["Apr", "May", "Jun", "Jul"]


def test_over_years_january_is_named_by_its_year() -> None:
    days = [f"{year}-{month:02}-28" for year in (2024, 2025, 2026) for month in range(1, 13)]
    points = tuple(make_series().points[0]._replace(day=day) for day in days)
    chart = burn_up(make_series(as_of="2026-12-28", points=points), VI)
    assert [name for _, name in chart.marks] == ["2024", "T7", "2025", "T7", "2026", "T7"]


def test_silent_weeks_are_named_by_their_days() -> None:
    chart = silence_chart(make_series(), VI)
    assert "3/18 tuần đã hết: 06/05–19/05, 03/06–09/06." in chart.text
    assert chart.series[0].said == "3/18 tuần không có cập nhật"
    assert (
        "3 of the 18 weeks that are over: 6 May–19 May, 3 Jun–9 Jun." in silence_chart(make_series(), EN).text
    )
    assert chart.labels[0] == "18/03–24/03/2024"


def test_weeks_over_new_year_have_both_years() -> None:
    weeks = ("2024-W52", "2025-W01", "2025-W02")
    chart = silence_chart(make_series(weeks=weeks, speakers=(Speakers(None, None, (0, 0, 1)),)), VI)
    assert "23/12/2024–05/01/2025." in chart.text
    assert chart.labels == ("23/12–29/12/2024", "30/12/2024–05/01/2025", "06/01–12/01/2025")


def test_many_silent_weeks_are_not_all_named() -> None:
    speakers = Speakers(None, None, tuple(n % 2 for n in range(18)))
    assert silence_chart(make_series(speakers=(speakers,)), VI).text.count("–") == 6
    assert "…" in silence_chart(make_series(speakers=(speakers,)), VI).text


def test_no_silent_week_is_said_too() -> None:
    chart = silence_chart(make_series(speakers=(Speakers(None, None, (1,) * 18),)), EN)
    assert "Something was reported in each of the 18 weeks" in chart.text


def test_those_who_were_silent_most_often_are_drawn() -> None:
    chart = silence_chart(make_series(), VI)
    assert len(chart.series) == 1 + MOST_ROWS
    drawn = {line.name for line in chart.series}
    assert {"Tất cả nhiệm vụ", "Đơn vị 9"} <= drawn
    assert not {"Đơn vị 0", "Đơn vị 1"} & drawn
    assert "Không vẽ 2 đơn vị" in chart.text


def test_only_a_table_by_area_has_bars_of_areas() -> None:
    assert [c.kind for c in pictures(make_progress(), make_series(), VI) if isinstance(c, Chart)] == list(
        KINDS
    )
    assert [c.kind for c in pictures(make_progress_by("org"), None, VI) if isinstance(c, Chart)] == []


def test_nothing_is_drawn_of_nothing() -> None:
    empty = WeeklySeries("2024-07-21", (), (), (), 0)
    assert not [*pictures(make_progress([]), empty, VI)]
    assert [type(c) for c in pictures(make_progress(), empty, VI)] == [Chart]


def test_the_week_has_pictures_where_it_was_given_figures() -> None:
    def kinds(view: object) -> list[str]:
        return [b.kind for b in document(view, VI).blocks if isinstance(b, Chart)]  # type: ignore[arg-type]

    assert kinds(make_weekly()) == []
    assert kinds(make_weekly(series=make_series())) == list(KINDS)


# On the terminal.


def lines_of(chart: Chart, width: int, words: Words = VI) -> list[str]:
    return [text_of(line) for line in picture(chart, width, words)]


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize("width", [60, 61, 80, 100, 140, 200])
def test_no_line_is_wider_than_the_page(width: int, words: Words) -> None:
    charts = [the_areas(words), burn_up(make_series(), words), silence_chart(make_series(), words)]
    for chart in charts:
        *lines, last = lines_of(chart, width, words)
        assert max(map(cell_width, lines)) <= width, chart.kind
        assert cell_width(last) <= width or chart.kind == "bars"  # a legend goes on in the next line
    page = render(Document("", (), tuple(charts)), "table", words, width=width, colour=False)
    assert max(map(cell_width, page.split("\n"))) <= width


def test_below_some_width_the_words_are_enough() -> None:
    assert picture(make_chart(), LEAST_WIDTH - 1, VI) == []
    printed = render(Document("", (), (make_chart(),)), "table", VI, width=50, colour=False)
    assert printed == "Tên hình: Lời của hình.\n"


def test_burn_up_on_a_terminal() -> None:
    """Total is a line, what should be done a dashed one, what is done an area, each named where it ends."""
    text = "\n".join(lines_of(burn_up(make_series(), VI), 80))
    assert "── Tổng số 17" in text
    assert "╌╌ Đến hạn phải hoàn thành 13" in text
    assert "██ Hoàn thành 4" in text
    assert [row[:4] for row in text.split("\n") if "┤" in row] == ["20 ┤", "15 ┤", "10 ┤", " 5 ┤", " 0 ┤"]


@given(st.lists(st.integers(0, 50), min_size=10, max_size=50), st.integers(80, 160))
def test_what_is_done_is_never_drawn_as_nothing(values: list[int], width: int) -> None:
    series = (Line("Xong", tuple(values), "done"),)
    lines = lines_of(make_chart(labels=tuple(map(str, values)), series=series, marks=()), width)
    assert max(map(cell_width, lines)) <= width
    axis = next(line for line in lines if line.lstrip().startswith("0 ┤"))
    ruled = next(line for line in lines if "└" in line)
    columns = len(ruled.partition("└")[2])
    drawn = axis.partition("┤")[2][:columns]
    assert [sign != " " for sign in drawn] == [
        values[((i + 1) * len(values) - 1) // columns] > 0 for i in range(columns)
    ]


@given(st.integers(1, 2_000_000))
def test_the_scale_has_round_steps_up_to_the_greatest(most: int) -> None:
    steps = ticks(make_chart(series=(Line("x", (most,)),)))
    assert steps[0] == 0
    assert steps[-2] < most <= steps[-1]
    assert 2 <= len(steps) <= 6
    assert str(steps[1]).rstrip("0") in ("1", "2", "5")


def test_a_fall_is_drawn_too() -> None:
    chart = make_chart(labels=tuple("abcdefgh"), series=(Line("Tổng", (8, 8, 8, 8, 2, 2, 2, 2)),), marks=())
    text = "\n".join(lines_of(chart, 80))
    assert "╮" in text
    assert "╰" in text


def test_bars_on_a_terminal_are_cells_with_their_numbers() -> None:
    first, *_, legend = lines_of(the_areas(), 80)
    assert first == "ND1 Tuyên truyền nâng cao nhận thức      1/3  █▒▒"
    assert legend.startswith("█ Hoàn thành  ▒ Đang thực hiện, chưa quá hạn  ! Quá hạn  · Còn lại")


def test_big_bars_share_the_line() -> None:
    series = (Line("Hoàn thành", (9000, 1), "done"), Line("Còn lại", (1000, 0)))
    lines = lines_of(make_chart("bars", labels=("a", "b"), series=series, said=("9", "1")), 80)
    assert max(map(cell_width, lines)) <= 80
    assert lines[1].endswith("█")


def test_cells_have_their_numbers_where_there_is_room() -> None:
    wide, narrow = (lines_of(silence_chart(make_series(), VI), width)[0] for width in (140, 60))
    assert wide.split()[4:10] == ["3"] * 6
    assert "·" in wide
    assert "■" in narrow


def test_colours_are_by_meaning_and_none_is_there_without_them() -> None:
    document = Document("", (), (burn_up(make_series(), VI),))
    assert "\x1b" not in render(document, "table", VI, width=80, colour=False)
    coloured = render(document, "table", VI, width=80, colour=True)
    assert "\x1b[32m" in coloured
    assert "\x1b[33m" in coloured


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"table"}))
@pytest.mark.parametrize("kind", KINDS)
def test_formats_of_text_say_the_words(form: str, kind: str) -> None:
    printed = render(Document("", (), (make_chart(kind),)), form, VI, width=80, colour=False)
    assert "Tên hình" in printed
    assert "Lời của hình." in printed
    assert "█" not in printed


def test_names_with_wide_and_combining_letters_are_padded_right() -> None:
    speakers = [Speakers(n, Text(n), (1, 0, 2)) for n in ("H’Nghĩa Ksơ̆r", "民族委員會", "Hội")]
    series = make_series(weeks=make_series().weeks[:3], speakers=(Speakers(None, None, (1, 1, 1)), *speakers))
    rows = lines_of(silence_chart(series, VI), 80)[:4]
    assert len({cell_width(row[: row.index("1")]) for row in rows}) == 1


def test_a_long_name_is_cut_and_says_so() -> None:
    long = Text("Uỷ ban nhân dân " * 6)
    series = make_series(speakers=(Speakers(None, None, (1,) * 18), Speakers("x", long, (0,) * 18)))
    row = lines_of(silence_chart(series, VI), 80)[1]
    assert "…" in row
