"""The report of a month, quarter, half, nine months or year: figures to take into an official report, not one itself."""

from collections.abc import Iterator
from functools import partial

from plantrack.i18n.words import Words
from plantrack.model.days import days_between
from plantrack.model.views.report import PeriodReport
from plantrack.model.views.rows import ChosenRows, DerivedRows, Rows
from plantrack.model.views.weekly import SummaryItem
from plantrack.render.layout import fields, summary_sections
from plantrack.render.layout.blocks import Block, Document, Heading, Paragraph, Said, StyledText, text_of
from plantrack.render.layout.count_columns import rates
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import Field
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.sentences import Sentences
from plantrack.render.layout.summary_sections import Section, listed, non_empty, part, worded
from plantrack.render.layout.workbook import Book, Sheet, booked
from plantrack.render.views import report_tables as tables
from plantrack.render.views.weekly_brief import figures


def document(view: PeriodReport, words: Words) -> Document:
    """Word the report."""
    shared = summary_sections.as_sent(view.digest)
    say = Sentences(FactFormatter(words, shared.heading), with_notes=shared.with_notes)
    lines = (
        summary_sections.about(shared, words),
        *_dates(view, words),
        *say.formatter.lines(shared.progress.filter),
    )
    return Document(title(view, words), lines, tuple(_blocks(view, say)))


def title(view: PeriodReport, words: Words) -> str:
    """Name the report by its period."""
    period = words.period(view.digest.period)
    # In a Vietnamese sentence only names begin with a capital.
    return words("report.title", period=period[:1].lower() + period[1:] if words.language == "vi" else period)


def template_fields(view: PeriodReport, words: Words) -> dict[str, str]:
    """Return what a template of an office may have filled in besides the report: its period and its last day."""
    return {"period": words.period(view.digest.period), "day": words.long_day(view.digest.heading.as_of)}


def _dates(view: PeriodReport, words: Words) -> Iterator[Said]:
    """Yield the days of the period to the letter, by which calendar, and whether it is over."""
    first, last = words.day(view.digest.first_day), words.day(view.digest.last_day)
    yield words(f"report.dates.{view.calendar}", first=first, last=last, day=view.closing_day)
    if not view.is_closed:
        yield (StyledText(words("report.running", last=last), "warning"),)


def _blocks(view: PeriodReport, say: Sentences) -> Iterator[Block]:
    words, shared = say.words, view.digest
    yield Paragraph((StyledText(words("weekly.summary"), "strong"), StyledText(" " + figures(shared, words))))
    yield Paragraph(rates(shared.progress.total, words))
    yield Paragraph(_flow(view, words))
    yield summary_sections.section_table(shared, say.formatter)
    yield summary_sections.below_table(shared, words)
    if shared.series is not None:
        from plantrack.render.layout.charts import pictures

        yield from pictures(shared.progress, shared.series, words)
    for section in _sections(view, say):
        yield from non_empty(section, words)
    yield from summary_sections.footer(shared, say)


def _flow(view: PeriodReport, words: Words) -> str:
    finished, opened = words.number(view.finished_counts.done), words.number(view.opened)
    return words("report.flow", finished=finished, opened=opened)


def _sections(view: PeriodReport, say: Sentences) -> Iterator[Section]:
    """Yield the sections, each with its heading first."""
    shared = view.digest
    yield _results(view, say)
    yield summary_sections.deadlines(shared, say, view.extensions)
    yield summary_sections.difficulties(shared, say)
    yield [
        *summary_sections.next_steps(shared, say, "report.next_period"),
        *summary_sections.milestones(shared, say),
    ]
    yield summary_sections.proposals(shared, say)
    yield summary_sections.silent_organisations(shared, say, "report.silence")
    yield _changes(view, say)
    yield tables.crossed(view, say.formatter)
    yield tables.comparison(view, say.words)
    yield tables.matrix(view.matrix, say.formatter)
    yield from _indicators(view, say.formatter)
    if view.money is not None:
        yield tables.money(view.money, "XI" if view.indicators is None else "XII", say.formatter)


def _results(view: PeriodReport, say: Sentences) -> Section:
    """Say what was finished, what goes on with a result, and what was recorded late."""
    words = say.words
    finished, going_on = worded(view.finished, say.result), worded(view.going_on, say.result)
    # What was finished in the period is told there, also where it was recorded late.
    told = {item.task.uid for item in view.finished}
    others = ChosenRows(view.digest.late_updates, lambda item: item.task.uid not in told)
    return [
        Heading(
            words(
                "report.results", finished=words.number(len(finished)), going_on=words.number(len(going_on))
            )
        ),
        *part(
            words("report.finished", n=words.number(len(finished))), finished, by=_finished_by(view, words)
        ),
        *part(words("report.going_on", n=words.number(len(going_on))), going_on),
        *listed(worded(others, say.late_result)),
    ]


def _finished_by(view: PeriodReport, words: Words) -> str:
    """Return the command that lists what was finished in the period."""
    shared = view.digest
    return summary_sections.lister(shared, f"completed:{shared.first_day}..{shared.last_day}", words)


def _changes(view: PeriodReport, say: Sentences) -> Section:
    """Say which deadlines were moved from a day on, which were put right, and what became of the plan: each apart."""
    words, changes = say.words, view.digest.deadline_changes
    change = partial(say.deadline_change, with_day=True)
    moved = ChosenRows(changes, lambda c: c.kind not in ("extension", "correction"))
    groups: list[tuple[str, Rows[Said]]] = [
        ("extensions", worded(ChosenRows(changes, lambda c: c.kind == "extension"), change)),
        ("moved", worded(moved, change)),
        ("corrections", worded(ChosenRows(changes, lambda c: c.kind == "correction"), change)),
        ("revisions", worded(view.digest.plan_changes, say.plan_change)),
    ]
    heading = Heading(words("report.changes", n=words.number(sum(len(said) for _, said in groups))))
    titled = [part(words(f"report.{name}", n=words.number(len(said))), said) for name, said in groups]
    return [heading, *(block for blocks in titled for block in blocks)]


def _indicators(view: PeriodReport, formatter: FactFormatter) -> Iterator[Section]:
    """Yield the indicators, where the plan has any."""
    if view.indicators is not None:
        from plantrack.render.views.indicator import indicator_table

        yield [Heading(formatter.words("report.indicators")), indicator_table(view.indicators, formatter)]


def data(view: PeriodReport, words: Words) -> Object:
    """Return the report for JSON; the next step of each task is under `next_period`."""
    from plantrack.render.views import weekly_data as of_week

    shared, formatter = view.digest, FactFormatter(words, view.digest.heading)
    out = of_week.data(shared, words)
    out["period"] |= {"calendar": view.calendar, "closing_day": view.closing_day, "is_closed": view.is_closed}
    out["next_period"] = {
        "first_day": shared.next_first,
        "last_day": shared.next_last,
        "tasks": out.pop("next_week"),
    }
    for name in ("overdue", "due_on_closing_day", "due_soon"):
        out[name] = fields.objects(_deadline_fields(view), getattr(shared, name), formatter)
    source = out.pop("provenance")
    revisions = [of_week.ChangeRow(plan=change) for change in shared.plan_changes]
    return {
        **out,
        "plan_changes": fields.objects(of_week.CHANGE.values(), revisions, formatter),
        "deadline_changes": _moved(view, formatter, corrections=False),
        "deadline_corrections": _moved(view, formatter, corrections=True),
        "finished": DerivedRows(view.finished, partial(map, lambda item: item.task.label)),
        "opened": view.opened,
        **tables.table_objects(view, formatter),
        "indicators": _indicator_objects(view, words),
        "provenance": source,
    }


def _deadline_fields(view: PeriodReport) -> list[Field[SummaryItem]]:
    """Return the fields of a section of deadlines, with the days late and the number of extensions."""
    from plantrack.render.views.weekly_data import SectionFields

    as_of = view.digest.heading.as_of

    def days_late(item: SummaryItem, _: FactFormatter) -> int:
        due = item.task.due
        return days_between(due, as_of) if due and due < as_of else 0

    return [
        *SectionFields(view.digest).items(),
        Field("days_late", get=days_late),
        Field("extensions", get=lambda item, f: view.extensions.get(item.task.uid, 0)),
    ]


def _moved(view: PeriodReport, formatter: FactFormatter, *, corrections: bool) -> Rows[Object]:
    """Return the corrections of deadlines, or the other changes, each with when it was recorded."""
    from plantrack.render.views.weekly_data import CHANGE, ChangeRow, moved

    shown = {
        **CHANGE,
        "recorded_at": Field[ChangeRow]("recorded_at", get=lambda c, f: c.deadline and c.deadline.recorded),
    }
    changes = ChosenRows(view.digest.deadline_changes, lambda c: (c.kind == "correction") == corrections)
    return fields.objects(shown.values(), moved(changes), formatter)


def _indicator_objects(view: PeriodReport, words: Words) -> Rows[Object]:
    if view.indicators is None:
        return ()
    from plantrack.render.views.indicator import data as indicator_data

    return indicator_data(view.indicators, words)


def book(view: PeriodReport, words: Words) -> Book:
    """Return the figures, a sheet a section; the tasks are the sheet that a format of one table has."""
    from plantrack.render.views.weekly_data import sheets_of

    shared = summary_sections.as_sent(view.digest)
    formatter = FactFormatter(words, shared.heading)
    sheets = sheets_of(shared, formatter, of_week=False)
    more = [*tables.sheets(view, formatter), *_indicator_sheet(view, formatter)]
    return booked(
        formatter,
        title(view, words),
        [*sheets, *more],
        filter_read=shared.progress.filter,
        more=list(map(text_of, _dates(view, words))),
        main=len(sheets) - 1,
    )


def _indicator_sheet(view: PeriodReport, formatter: FactFormatter) -> Iterator[Sheet]:
    if view.indicators is not None:
        from plantrack.render.views.indicator import indicator_sheet

        yield indicator_sheet(view.indicators, formatter)
