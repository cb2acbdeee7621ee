"""What is different in a plan file, and what becomes of the tasks."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from plantrack.i18n.words import Words
from plantrack.model.pairing import moved_line
from plantrack.model.plan import Organisation
from plantrack.model.plan_diff import Leaf
from plantrack.model.text import visible
from plantrack.model.views.plan import PlanDiff, TaskEffect, TouchedPart
from plantrack.render.layout.blocks import (
    Block,
    Document,
    Heading,
    ItemList,
    ListItem,
    Meaning,
    Paragraph,
    Said,
    StyledText,
    Verbatim,
)
from plantrack.render.layout.fact_formatter import one_line, plan_name, time_said
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.plan_changes import Changes, arrow, part_change_object

#: The sign of each kind, for eyes that know `diff`; the words say it too.
_SIGNS = {"added": "+", "changed": "~", "moved": ">", "retired": "x", "removed": "-"}
_MEANINGS: dict[str, Meaning] = {
    "added": "done", "changed": "strong", "moved": "due_soon", "retired": "quiet", "removed": "warning",
}  # fmt: skip
KINDS = tuple(_SIGNS)


def documents(views: Sequence[PlanDiff], words: Words) -> Document:
    """Word the differences of one plan file, or of several under one another."""
    if len(views) == 1:
        page = _Page(views[0], words)
        return Document(page.title(), page.lines(), tuple(page.blocks()))
    blocks = [block for view in views for block in _part(view, words)]
    return Document(words("diff.several"), (), tuple(blocks))


def _part(view: PlanDiff, words: Words) -> Iterator[Block]:
    page = _Page(view, words)
    yield Heading(page.title())
    yield from (Paragraph(line) for line in page.lines())
    yield from page.blocks(2)


class _Page:
    def __init__(self, view: PlanDiff, words: Words) -> None:
        self.view, self.words = view, words
        self.changes = Changes(view.old, view.plan, words)

    def title(self) -> str:
        return self.words(
            "diff.title", plan=plan_name(self.view.plan, self.words), file=visible(self.view.file)
        )

    def lines(self) -> tuple[Said, ...]:
        against, words = self.view.against, self.words
        commit = (against.git_commit or "")[:10]
        if against.kind == "applied":
            return (words("diff.against.applied", revision=against.name),)
        if against.kind == "git":
            return (words("diff.against.git", revision=visible(against.name), commit=commit),)
        if commit:
            return (words("diff.against.not-there", revision=visible(against.name), commit=commit),)
        return (words("diff.against.never"),)

    def blocks(self, level: int = 1) -> Iterator[Block]:
        for heading, parts in groupby(self.view.parts, self._home):
            yield Heading(heading, level)
            yield ItemList(tuple(entry for part in parts for entry in self._entries(part)))
        yield from self._in_the_way(level)
        if renamed := self.view.renamed:
            said = self.words("diff.renamed", pairs=said_pairs(renamed), moved=moved_line(renamed))
            yield Paragraph((StyledText(said, "warning"),), apart=True)
        yield from self._recorded()
        yield Paragraph(self._summary(), apart=True)
        if tasks := self._tasks_summary():
            yield Paragraph(tasks)

    def _home(self, part: TouchedPart) -> str:
        """Return the heading that a change stands under: its area, or the kind of thing that it is."""
        change = part.change
        if change.area is None:
            return self.words(f"diff.home.{change.what}")
        area = self.changes.names.areas.get(change.area) or self.changes.before.areas.get(change.area)
        return f"{change.area} {one_line(area.label(self.words.language))}" if area else change.area

    def _entries(self, part: TouchedPart) -> Iterator[ListItem]:
        change = part.change
        said = [StyledText(self.changes.kind(change), _MEANINGS[change.kind])]
        if change.what not in ("area", "plan"):  # the heading has their titles
            said.append(StyledText(f": {one_line(change.title.within(self.words.language))}"))
        yield ListItem(tuple(said), f"{_SIGNS[change.kind]} {change.code}")
        yield from (ListItem(self.changes.field(field), "-", 1) for field in change.fields)
        yield from (ListItem(self._task(effect), "-", 1) for effect in part.tasks)

    def _task(self, effect: TaskEffect) -> tuple[StyledText, ...]:
        """Say what becomes of a task: what it takes over, what it keeps, what stands in the way."""
        words, task = self.words, effect.task
        status = words(f"status.{task.status}")
        spans = [StyledText(words("diff.task", task=task.label, status=status), "strong")]
        for name, step in self._steps(effect):
            spans += [StyledText(f" {name}: "), *step, StyledText(";")]
        if effect.kept:
            spans.append(StyledText(f" {self._kept(effect)};", "quiet"))
        if effect.blocked_by:
            spans.append(StyledText(f" {words('diff.blocks', codes=', '.join(effect.blocked_by))};", "error"))
        spans[-1] = spans[-1]._replace(text=spans[-1].text.removesuffix(";"))
        return tuple(spans)

    def _steps(self, effect: TaskEffect) -> Iterator[tuple[str, tuple[StyledText, ...]]]:
        """Yield what changes on a task; the day of a deadline and its words are one thing to a reader."""
        found = {field.name: field for field in effect.changes}
        days, texts = found.pop("due", None), found.pop("time", None)
        if days or texts:
            task = effect.task
            new = (days.new if days else task.due, texts.new if texts else task.due_text)
            yield self.changes.name("due"), arrow(self._due(task.due, task.due_text), self._due(*new))
        yield from ((self.changes.name(field.name), self.changes.step(field)) for field in found.values())

    def _due(self, day: Leaf, text: Leaf) -> str:
        written = time_said(str(text), self.words) if text else ""
        if day is None:
            return written or self.words("unknown.said")
        return f"{written} ({self.words.day(str(day))})" if written else self.words.day(str(day))

    def _kept(self, effect: TaskEffect) -> str:
        if "code" in effect.kept:
            return self.words("diff.kept-code")
        fields = ", ".join(self.changes.name(name) for name in effect.kept)
        key = "diff.kept" if effect.task.is_open else "diff.kept-closed"
        return self.words(key, fields=fields)

    def _in_the_way(self, level: int) -> Iterator[Block]:
        if self.view.obstacles:
            yield Heading((StyledText(self.words("diff.in-the-way"), "error"),), level)
            yield ItemList(tuple(
                ListItem((StyledText(self.words.labels([t.label for t in o.tasks])),), o.code)
                for o in self.view.obstacles
            ))  # fmt: skip

    def _recorded(self) -> Iterator[Block]:
        """Say which organisations were recorded before the plan had them, with what to paste."""
        recorded, words = self.view.recorded, self.words
        for other, own in recorded.same_named:
            said = words("diff.same-named", other=other, id=own)
            yield Paragraph((StyledText(said, "warning"),), apart=True)
        if recorded.lacking:
            yield Paragraph(words("diff.lacking"), apart=True)
            yield Verbatim(tuple(line for one in recorded.lacking for line in _yaml(one)))

    def _summary(self) -> str:
        words, view = self.words, self.view
        if not view.parts:
            key = "diff.same" if view.same_document else "diff.same-plan"
            return words(f"{key}.otherwise" if view.recorded.lacking else key)
        kinds = count_kinds(view)
        return words("diff.summary", **kinds)

    def _tasks_summary(self) -> str:
        counted = count_tasks(self.view)
        return self.words("diff.tasks", **counted) if self.view.tasks else ""


def _yaml(organisation: Organisation) -> Iterator[str]:
    """Return the lines of an organisation in a plan file; a string of JSON is one of YAML."""
    texts = {
        "id": organisation.id,
        "name": organisation.name.vi,
        "short": organisation.short and organisation.short.vi,
    }
    plain = {"level": organisation.level, "place": organisation.place}
    given = [(key, json.dumps(text, ensure_ascii=False)) for key, text in {**texts, **plain}.items() if text]
    for n, (key, text) in enumerate(given):
        yield f"{'- ' if n == 0 else '  '}{key}: {text}"


def said_pairs(renamed: Mapping[str, str]) -> str:
    """Name old codes with their new ones."""
    return ", ".join(f"{old} → {new}" for old, new in renamed.items())


def count_kinds(view: PlanDiff) -> dict[str, int]:
    """Count the changes of each kind."""
    counted: Counter[str] = Counter(part.change.kind for part in view.parts)
    return {kind: counted[kind] for kind in KINDS}


def count_tasks(view: PlanDiff) -> dict[str, int]:
    """Count the tasks that change, those that keep something of their own, those in the way."""
    tasks: Iterable[TaskEffect] = view.tasks
    counts = [(bool(e.changes), bool(e.kept), bool(e.blocked_by)) for e in tasks]
    return {name: sum(c[i] for c in counts) for i, name in enumerate(("changing", "keeping", "blocking"))}


def data(views: Sequence[PlanDiff], words: Words) -> list[Object]:
    """Return the differences for JSON, an object a plan file."""
    return [_diff_object(view) for view in views]


def _diff_object(view: PlanDiff) -> Object:
    return {
        "plan": view.plan.id,
        "file": view.file,
        "against": view.against._asdict(),
        "differs": view.differs,
        "same_document": view.same_document,
        "renamed": view.renamed,
        "changes": [_part_object(part) for part in view.parts],
        "obstacles": [
            {"what": o.what, "code": o.code, "tasks": [t.label for t in o.tasks]} for o in view.obstacles
        ],
        "recorded": {
            "lacking": [o.id for o in view.recorded.lacking],
            "taken_over": list(view.recorded.taken_over),
            "same_named": [{"recorded": other, "plan": own} for other, own in view.recorded.same_named],
        },
        "counts": {**count_kinds(view), "tasks": count_tasks(view)},
    }


def _part_object(part: TouchedPart) -> Object:
    return {**part_change_object(part.change), "tasks": [_effect_object(effect) for effect in part.tasks]}


def _effect_object(effect: TaskEffect) -> Object:
    return {
        "task": effect.task.label,
        "title": effect.task.title.vi,
        "status": effect.task.status,
        "changes": [field._asdict() for field in effect.changes],
        "kept": list(effect.kept),
        "blocked_by": list(effect.blocked_by),
    }
