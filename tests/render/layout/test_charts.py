"""Pictures: what they show is what the figures say, and their words say it too."""

from plantrack.i18n.words import Words
from plantrack.model.status import Status
from plantrack.model.views.chart_series import Speakers, WeeklySeries
from plantrack.render.layout.blocks import Chart
from plantrack.render.layout.charts import MOST_ROWS, areas, burn_up, pictures, silence_chart
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.views.weekly import document
from tests.support.factory import make_heading, make_progress, make_progress_by, make_task
from tests.support.factory_series import make_series
from tests.support.factory_weekly import make_weekly

VI, EN = Words("vi"), Words("en")
KINDS = ("bars", "lines", "cells")


def the_areas(words: Words = VI) -> Chart:
    return areas(make_progress(), FactFormatter(words, make_heading()))


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
