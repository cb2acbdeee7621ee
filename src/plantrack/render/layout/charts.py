"""From figures to pictures: what is drawn, what it is called, and what it says in words."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from plantrack.i18n.words import Words
from plantrack.model.days import civil_period
from plantrack.model.views.chart_series import Speakers, WeeklySeries, silent_weeks
from plantrack.model.views.progress import Progress, ProgressRow
from plantrack.render.layout.blocks import Block, Chart
from plantrack.render.layout.blocks import ChartSeries as Line
from plantrack.render.layout.count_columns import count_bar, row_title
from plantrack.render.layout.fact_formatter import FactFormatter

#: How many organisations are drawn: those that were silent most often.
MOST_ROWS = 8
#: How many stretches of silence are named in words.
_MOST_STRETCHES = 6
#: Marks along an axis stand at least this part of it apart.
_ROOM = 15


def pictures(view: Progress, series: WeeklySeries | None, words: Words) -> Iterator[Block]:
    """Draw a progress table by area and, where they were counted, the figures over the year."""
    if not view.total.not_dropped:
        return
    if view.by == "area":
        yield areas(view, FactFormatter(words, view.heading))
    if series is not None:
        yield from over_time(series, words)


def over_time(series: WeeklySeries, words: Words) -> Iterator[Block]:
    """Draw the plan over its year; nothing where no week is over yet."""
    if series.now is not None and len(series.points) > 1:
        yield burn_up(series, words)
    if series.weeks:
        yield silence_chart(series, words)


# Progress by area.


def areas(view: Progress, formatter: FactFormatter) -> Chart:
    """Draw a bar for each area, without what was dropped."""
    words = formatter.words
    rows = [row for row in view.rows if row.counts.not_dropped]
    parts = [count_bar(row, with_dropped=False).parts for row in rows]
    lines = [
        Line(words(f"chart.{own[0].meaning or 'rest'}"), tuple(part.number for part in own), own[0].meaning)
        for own in zip(*parts, strict=True)
    ]
    said = tuple(f"{words.number(r.counts.done)}/{words.number(r.counts.not_dropped)}" for r in rows)
    return Chart(
        "bars",
        words("chart.areas.title"),
        words(
            "chart.areas.text", areas="; ".join(_area(r, s, words) for r, s in zip(rows, said, strict=True))
        ),
        tuple(f"{row.key or ''} {row_title(view.by, row, formatter)}".strip() for row in rows),
        tuple(lines),
        heading=words("column.by.area"),
        said=said,
    )


def _area(row: ProgressRow, said: str, words: Words) -> str:
    late = row.counts.open_overdue
    name = row.key or words("progress.total")
    return f"{name} {said}" + (words("chart.areas.overdue", n=words.number(late)) if late else "")


# The plan over its year.


def burn_up(series: WeeklySeries, words: Words) -> Chart:
    """Draw how many tasks there were, should be done, and were done, at the end of each week."""
    points, now = series.points, series.now
    assert now is not None, "nothing to draw"
    days = [point.day for point in points]
    return Chart(
        "lines",
        words("chart.burn-up.title"),
        words(
            "chart.burn-up.text",
            day=words.day(now.day),
            total=words.number(now.total or 0),
            due=words.number(now.due),
            done=words.number(now.done or 0),
            no_due=words.number(series.no_due),
        ),
        tuple(words.day(day) for day in days),
        (
            Line(words("chart.burn-up.total"), tuple(p.total for p in points)),
            Line(words("chart.burn-up.due"), tuple(p.due for p in points), "due_soon"),
            Line(words("chart.burn-up.done"), tuple(p.done for p in points), "done"),
        ),
        heading=words("chart.until"),
        marks=_months(days, words),
        now=days.index(now.day),
    )


def _months(days: Sequence[str], words: Words) -> tuple[tuple[int, str], ...]:
    """Name the first day of each month, as far as there is room; over several years the years too."""
    starts = [i for i, day in enumerate(days) if i == 0 or day[:7] != days[i - 1][:7]]
    if len(starts) > 14:
        starts = [i for i in starts if days[i][5:7] in ("01", "07")]
    apart = [i for i, after in pairwise(starts) if after - i >= len(days) / _ROOM] + starts[-1:]
    several = days[0][:4] != days[-1][:4]
    return tuple((i, _month(days[i], words, with_year=several)) for i in apart)


def _month(day: str, words: Words, *, with_year: bool) -> str:
    if with_year and day[5:7] == "01":
        return day[:4]
    return f"T{int(day[5:7])}" if words.language == "vi" else words(f"month.{day[5:7]}.short")


# Weeks with nothing reported.


def silence_chart(series: WeeklySeries, words: Words) -> Chart:
    """Draw a cell for each week that is over, of the whole plan and of those who were silent most often."""
    everyone, *others = series.speakers
    drawn = sorted(others, key=lambda speakers: -speakers.silent)[:MOST_ROWS]
    rows = [everyone, *(speakers for speakers in others if speakers in drawn)]
    return Chart(
        "cells",
        words("chart.weeks.title"),
        _silence_said(series, len(others) - len(drawn), words),
        tuple(_week(week, words) for week in series.weeks),
        tuple(_speakers(speakers, words) for speakers in rows),
        heading=words("chart.week"),
        marks=_months([_days(week)[1] for week in series.weeks], words),
    )


def _speakers(speakers: Speakers, words: Words) -> Line:
    name = speakers.title.within(words.language) if speakers.title else words("chart.weeks.all")
    there = sum(n is not None for n in speakers.updates)
    said = words("chart.weeks.silent", n=words.number(speakers.silent), of=words.number(there))
    return Line(name, speakers.updates, "in_progress", said)


def _silence_said(series: WeeklySeries, left_out: int, words: Words) -> str:
    everyone = series.speakers[0]
    of = words.number(sum(n is not None for n in everyone.updates))
    silent = silent_weeks(series.weeks, everyone)
    if silent:
        stretches = _stretches(series.weeks, silent, words)
        said = words("chart.weeks.some", n=words.number(len(silent)), of=of, weeks=stretches)
    else:
        said = words("chart.weeks.none", of=of)
    return f"{said} {words('chart.weeks.more', n=words.number(left_out))}" if left_out else said


def _stretches(weeks: Sequence[str], silent: Sequence[str], words: Words) -> str:
    """Name silent weeks by their days, those in a row together."""
    runs = [list(run) for is_silent, run in groupby(weeks, lambda week: week in silent) if is_silent]
    said = [_stretch(_days(run[0])[0], _days(run[-1])[1], words) for run in runs]
    return ", ".join([*said[:_MOST_STRETCHES], *(["…"] if len(said) > _MOST_STRETCHES else [])])


def _stretch(first: str, last: str, words: Words) -> str:
    """Write a stretch of days without the year, where that is one."""
    end = words.short_day(last) if first[:4] == last[:4] else words.day(last)
    return f"{words.from_day(first, last)}–{end}"


def _days(week: str) -> tuple[str, str]:
    period = civil_period(week)
    assert period is not None, week
    return period.first, period.last


def _week(week: str, words: Words) -> str:
    first, last = _days(week)
    return f"{words.from_day(first, last)}–{words.day(last)}"
