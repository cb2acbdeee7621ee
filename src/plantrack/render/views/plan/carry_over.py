"""What a carry-over would do, task by task, and what is other than before."""

from collections.abc import Iterator, Mapping, Sequence

from plantrack.i18n.words import Words
from plantrack.model.names import Names
from plantrack.model.task import Task
from plantrack.model.views.plan import Carried, CarryOver, Remark
from plantrack.render.layout.blocks import (
    Block,
    Cell,
    Document,
    ItemList,
    ListItem,
    Paragraph,
    StyledText,
    Table,
    TableColumn,
    TableRow,
)
from plantrack.render.layout.fact_formatter import FactFormatter, one_line
from plantrack.render.layout.json_object import Object


def document(view: CarryOver, words: Words) -> Document:
    """Word the tasks, each with what it has and what it will have, then the remarks; nothing is recorded yet."""
    formatter = FactFormatter(words, view.heading)
    title = words("carry.title", old=view.old.id, plan=view.heading.plan.id, day=formatter.day(view.day))
    if not view.tasks:
        return Document(title, formatter.lines(), (Paragraph(words("carry.nothing")),))
    blocks: list[Block] = [_table(view, formatter)]
    if entries := tuple(_entries(view, words)):
        blocks.append(ItemList(entries))
    blocks.append(Paragraph(words.plural("carry.would", len(view.tasks)), apart=True))
    return Document(title, formatter.lines(), tuple(blocks))


def _table(view: CarryOver, formatter: FactFormatter) -> Table:
    words, before = formatter.words, Names(view.old)
    columns = (
        TableColumn(words("column.label"), "right"),
        TableColumn(words("column.code"), wraps=True, least=7),
        TableColumn(words("column.task"), wraps=True, least=20, long=True),
        TableColumn(words("column.status"), wraps=True, least=14),
        TableColumn(words("column.due"), wraps=True, least=12),
        TableColumn(words("column.lead"), wraps=True, least=10),
    )
    return Table(columns, tuple(_row(each, before, formatter) for each in view.tasks))


def _row(each: Carried, before: Names, formatter: FactFormatter) -> TableRow:
    old, new = each.old, each.new
    led = ", ".join(before.party_label(party, formatter.words.language) for party in old.lead)
    return TableRow(
        (
            old.label,
            _step(old.heading, new.heading),
            formatter.text(old.title),
            (formatter.status(old), *((StyledText(", "), formatter.blocked) if old.is_blocked else ())),
            _step(_due(old, formatter), _due(new, formatter)),
            _step(led or formatter.unknown, formatter.organisations(new.lead) or formatter.unknown),
        )
    )


def _due(task: Task, formatter: FactFormatter) -> str:
    return formatter.due(task.due, task.due_text) if task.due or task.due_text else formatter.unknown


def _step(old: str, new: str) -> Cell:
    """Return what there is, or what it was and what it will be."""
    return new if old == new else (StyledText(old, "quiet"), StyledText(" → "), StyledText(new, "strong"))


def _entries(view: CarryOver, words: Words) -> Iterator[ListItem]:
    yield from (
        ListItem(line, "-")
        for line in carry_over_remarks(view, [each.old.label for each in view.tasks], words)
    )


def carry_over_remarks(view: CarryOver, labels: Sequence[str], words: Words) -> list[str]:
    """Word what is other than before, each thing once, with the labels of the tasks that it is about."""
    about: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = {}
    for each, label in zip(view.tasks, labels, strict=True):
        for remark in each.remarks:
            about.setdefault((remark.code, tuple(remark.params.items())), []).append(label)
    said = Names(view.old), Names(view.heading.plan)
    return [
        words("carry.remark", tasks=", ".join(own), said=_remark(Remark(code, dict(params)), said, words))
        for (code, params), own in about.items()
    ]


def _remark(remark: Remark, names: tuple[Names, Names], words: Words) -> str:
    """Word a remark; organisations by their names, in the plan that knows them, codes with their titles."""
    params = dict(remark.params)
    for name in ("organisation", "successor"):
        if name in params:
            known = next((n for n in names[::-1] if params[name] in n.organisations), names[1])
            params[name] = known.party_label(params[name], words.language)
    return words(f"carry.{remark.code}", **params, **_titles(params, names, words))


def _titles(params: Mapping[str, str], names: tuple[Names, Names], words: Words) -> dict[str, str]:
    """Return the title of a code in the old plan, and that which a code has in the new one."""
    old = params.get("old") or params.get("activity", "")
    new = params.get("new") or params.get("activity", "")
    shown = (_title_of(old, names[0], words), _title_of(new, names[1], words))
    return dict(zip(("old_title", "new_title"), shown, strict=True))


def _title_of(code: str, names: Names, words: Words) -> str:
    """Return the title of an area or an activity; of a code that the plan does not have, the code."""
    known = names.activities.get(code) or names.areas.get(code)
    return one_line(known.title.within(words.language)) if known else code


def data(view: CarryOver, words: Words) -> list[Object]:
    """Return the tasks for JSON: as they will be, and `before` as they are."""
    names = Names(view.old), Names(view.heading.plan)
    return [
        {
            "task": each.old.label,
            "title": each.old.title.within(words.language),
            "status": each.old.status,
            "percent": each.old.percent,
            "blocked": each.old.blocked,
            **_ends(each.new),
            "before": _ends(each.old),
            "remarks": [_remark(remark, names, words) for remark in each.remarks],
        }
        for each in view.tasks
    ]


def _ends(task: Task) -> Object:
    """Return what may differ between the two plans."""
    return {
        "plan": task.plan,
        "area": task.area,
        "activity": task.activity,
        "due": task.due,
        "lead": list(task.lead),
        "coordinating": list(task.coordinating),
        "places": list(task.places),
    }
