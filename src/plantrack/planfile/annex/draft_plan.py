"""From the outline of an annex to a plan: each line with the row it came from, nothing of any cell lost."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from plantrack.errors import Failure
from plantrack.model.plan import Activity, Area, Plan, Text
from plantrack.model.plan_json import plan_to_json
from plantrack.model.typed.money import unit_in_heading
from plantrack.planfile.annex import remark_texts
from plantrack.planfile.annex.activity import Notes, Reader, left, one_line
from plantrack.planfile.annex.annex_rows import AnnexLine, read_lines
from plantrack.planfile.annex.column_roles import ColumnRole
from plantrack.planfile.annex.find_tables import AnnexTable
from plantrack.planfile.annex.grid import clean
from plantrack.planfile.annex.nesting import Group, Leaf, Outline, outline
from plantrack.planfile.annex.party_cells import Parties
from plantrack.planfile.annex.title_block import Block, read_block
from plantrack.planfile.format.dump import Remarks
from plantrack.planfile.load import check_document
from plantrack.planfile.shipped import NAME, shipped_plan
from plantrack.tables.encoding import garbled

_PREFIX: Final = "ND"
#: Of a document, so much of what stands above the table is repeated.
_SHOWN_ABOVE: Final = 6


def draft(table: AnnexTable, year: int, plan_id: str, path: Path) -> tuple[Plan, Remarks]:
    """Make a plan of an annex; `annex-misread` where its letters are wrong."""
    made = _PlanBuilder(table, year, path)
    plan = made.plan(plan_id)
    for text in _strings(json.loads(plan_to_json(plan))):
        if found := garbled(text):
            raise Failure("annex-misread", file=str(path), word=found.params["word"])
    return plan, {key: texts for key, texts in made.notes.items() if texts}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


class _PlanBuilder:
    def __init__(self, table: AnnexTable, year: int, path: Path) -> None:
        known, _ = check_document(Path(NAME), shipped_plan())
        assert known is not None
        self.table = table
        self.year = year
        self.file = one_line(clean(path.name.encode("utf-8", "replace").decode("utf-8")))
        self.parties = Parties(known)
        self.reader = Reader(year, self.file, self._unit(), self.parties)
        self.notes: Notes = {}

    def plan(self, plan_id: str) -> Plan:
        lines, skipped = read_lines(self.table)
        self._learn(lines)
        found = outline(lines)
        block = read_block((*self.table.before, *self.table.above))
        self._head(found, skipped)
        self._about(block)
        groups = found.groups or [Group(None, [])]
        areas = tuple(self._area(group, f"{_PREFIX}{n}") for n, group in enumerate(groups, 1))
        organisations = self.parties.organisations()
        self._about_organisations()
        title = block.title or remark_texts.PLAN_TITLE.format(year=self.year)
        return Plan(
            plan_id, self.year, Text(title), areas, block.number, block.date, organisations=organisations
        )

    def _unit(self) -> str | None:
        """Return the unit of the column of money, or the one that is named above the table."""
        columns = self.table.parts[0].heading.columns
        labels = [column.label for column in columns if column.role in (ColumnRole.BUDGET, ColumnRole.SOURCE)]
        text = (*self.table.before, *self.table.above)
        above = [line for line in text if "tính" in line or "ĐVT" in line]
        return next((unit.name for text in (*labels, *above) if (unit := unit_in_heading(text))), None)

    def _learn(self, lines: Sequence[AnnexLine]) -> None:
        for line in lines:
            for role in (ColumnRole.LEAD, ColumnRole.COORDINATING, ColumnRole.PARTIES):
                if role in line.fields:
                    self.parties.learn(line.fields[role].text)

    def _note(self, path: str, *texts: str) -> None:
        self.notes.setdefault(path, []).extend(texts)

    def _head(self, found: Outline, skipped: list[str]) -> None:
        self._note("", remark_texts.HEAD.format(file=self.file), *self.table.remarks)
        before = [line for line in self.table.before if line]
        for line in (*before[-_SHOWN_ABOVE:], *self.table.above):
            self._note("", remark_texts.ABOVE.format(line=line))
        if found.top:
            top = found.top.line
            text = " | ".join(text.replace("\n", " / ") for _, _, text in top.texts)
            self._note("", remark_texts.TOP_LINE.format(row=top.where, text=text), *top.remarks)
        self._note("", *skipped)

    def _about(self, block: Block) -> None:
        found = remark_texts.TITLE_FOUND if block.title else remark_texts.to_fill(remark_texts.TITLE_MISSING)
        self._note("title", found)
        keys = (
            ("number", block.number_line, remark_texts.NUMBER_MISSING),
            ("date", block.date_line, remark_texts.DATE_MISSING),
        )
        for key, line, missing in keys:
            self._note(
                key, remark_texts.NUMBER_FOUND.format(line=line) if line else remark_texts.to_fill(missing)
            )

    def _area(self, group: Group, code: str) -> Area:
        path = f"areas/{code}"
        area = self._heading(group, code, path)
        activities = tuple(self._activity(leaf, area, number) for number, leaf in enumerate(group.leaves, 1))
        self._between(group, path)
        if not activities:
            self._note(f"{path}/activities", remark_texts.to_fill(remark_texts.NO_ACTIVITIES))
        return area._replace(activities=activities)

    def _heading(self, group: Group, code: str, path: str) -> Area:
        """Return an area without its activities."""
        if group.node is None:
            self._note(path, remark_texts.to_fill(remark_texts.AREA_TITLE_MISSING))
            return Area(code, Text(remark_texts.AREA_TITLE))
        line = group.node.line
        title, source = _titles(line)
        lead, coordinating = self._own_parties(line)
        self._note(path, self.reader.source(line), *line.remarks)
        if all(leaf.node is not group.node for leaf in group.leaves):
            names = self.parties.spellings((*lead, *coordinating))
            self._note(path, *left(line, "\n".join((title, *self.notes[path], *names)), remark_texts.LEFT))
        return Area(code, Text(title), source_text=source, lead=lead, coordinating=coordinating)

    def _activity(self, leaf: Leaf, area: Area, number: int) -> Activity:
        activity, notes = self.reader.activity(leaf, f"{area.code}.{number}")
        path = f"areas/{area.code}/activities/{activity.code}"
        for key, texts in notes.items():
            self._note(f"{path}/{key}" if key else path, *texts)
        return activity

    def _own_parties(self, line: AnnexLine) -> tuple[tuple[str, ...], tuple[str, ...]]:
        led, joined = (self.reader.named(line, role) for role in (ColumnRole.LEAD, ColumnRole.COORDINATING))
        lead = dict.fromkeys((*(led.lead or led.plain), *joined.lead))
        coordinating = dict.fromkeys((*joined.plain, *joined.coordinating, *led.beside, *led.coordinating))
        return tuple(lead), tuple(coordinating)

    def _between(self, group: Group, path: str) -> None:
        """Say at the first activity under each heading what else the heading's row says."""
        seen = {id(leaf.node) for leaf in group.leaves}
        for number, leaf in enumerate(group.leaves, 1):
            for node in leaf.between:
                if id(node) not in seen:
                    seen.add(id(node))
                    texts = left(
                        node.line, f"{node.line.no} {one_line(node.line.title)}", remark_texts.LEFT_OF
                    )
                    at = f"{path}/activities/{path.removeprefix('areas/')}.{number}"
                    self._note(at, *texts, *node.line.remarks)

    def _about_organisations(self) -> None:
        for one, doubts in self.parties.doubts.items():
            self._note(f"organisations/{one}", *doubts)
        for one, names in self.parties.other_spellings():
            self._note(f"organisations/{one}", remark_texts.ALSO_WRITTEN.format(names="; ".join(names)))


def _titles(line: AnnexLine) -> tuple[str, str | None]:
    """Return the title of an area, and the text as printed where that is another."""
    title = one_line(line.title) or remark_texts.AREA_TITLE
    printed = "\n".join(text for role, _, text in line.texts if role in (ColumnRole.TITLE, ColumnRole.GROUP))
    return title, printed if printed and printed != title else None
