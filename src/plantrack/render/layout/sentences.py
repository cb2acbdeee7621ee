"""The lines of the weekly summary: a task in a sentence, with who leads, how late, what was said and by whom."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from plantrack.i18n.words import ENDS
from plantrack.model.history import Update, fact_order
from plantrack.model.moments import local_day
from plantrack.model.status import Status
from plantrack.model.task import Task
from plantrack.model.views.weekly import DeadlineChange, PlanChange, Proposal, Silence, SummaryItem
from plantrack.render.layout.blocks import StyledText
from plantrack.render.layout.fact_formatter import FactFormatter, one_line

Line = tuple[StyledText, ...]


def _line(*parts: str | StyledText) -> Line:
    return tuple([StyledText._make((part, "")) if isinstance(part, str) else part for part in parts])


def ended(text: str) -> str:
    """Return a sentence with its full stop."""
    text = text.rstrip()
    return text if text.endswith(ENDS) else f"{text}."


class Sentences:
    """Words the lines of one summary; what is internal only where it is asked for."""

    def __init__(self, formatter: FactFormatter, *, with_notes: bool) -> None:
        self.formatter = formatter
        self.words = formatter.words
        self.with_notes = with_notes
        self.short_day = cache(self._worded_short_day)
        self._source_of = cache(self._worded_source)

    def named(self, task: Task) -> str:
        """Name a task: code, title, number, who leads."""
        return self.words(
            "weekly.task", name=self.formatter.name(task), label=task.label, lead=self.formatter.leads(task)
        )

    def _worded_short_day(self, day: str) -> str:
        """Write a day of the report's year without its year."""
        same_year = day[:4] == self.formatter.heading.as_of[:4]
        return self.words.short_day(day) if same_year else self.formatter.day(day)

    def said(self, update: Update, *, with_done: bool = True) -> str:
        """Return what an update says; that it says "done" may have been said already."""
        words, parts = self.words, list[str]()
        if update.status is not None and (with_done or update.status is not Status.DONE):
            parts.append(words(f"counted.{update.status}"))
        if update.percent is not None and update.status is not Status.DONE:
            parts.append(words("update.percent", percent=update.percent))
        parts += self._texts(update)
        if not parts and update.status is None:
            parts.append(words("update.internal"))
        return "; ".join(parts)

    def _texts(self, update: Update) -> Iterator[str]:
        """Yield the report texts of an update."""
        if update.result:
            yield one_line(update.result)
        if update.unblocked:
            yield self.words("update.unblocked")
        for name in ("blocked", "next", "proposal", "answered", "reason", *self._internal()):
            if text := getattr(update, name):
                yield self.words(f"update.{name}", text=one_line(text))

    def _internal(self) -> tuple[str, ...]:
        return ("note", "evidence") if self.with_notes else ()

    def told(self, update: Update) -> str:
        """Say whose word an update is; who only recorded it is not its source."""
        return self._source_of(update.told_by, update.author)

    def _worded_source(self, told_by: str | None, author: str) -> str:
        if told_by:
            return ended(self.words("update.told", name=told_by))
        return ended(self.words("update.recorded", name=author))

    def result(self, item: SummaryItem) -> Line:
        """Say what came of a task in the week."""
        task, update = item.task, item.update
        done = self._done(task)
        line = _line(f"{self.named(task)}: ", *done)
        if update is None:
            return line
        said = self.said(update, with_done=not done)
        if said and update.on != task.completed_on:
            said = f"{self.short_day(update.on)}, {said}"
        between = "; " if done and said else ""
        return _line(*line, self._with_earlier(between + said, update, item.earlier))

    def _with_earlier(self, said: str, latest: Update, earlier: Iterable[Update]) -> str:
        """Add what else was said in the week, each with its day and its source; a source is named once."""
        told = [(said, self.told(latest))]
        for update in earlier:
            if texts := "; ".join(self._texts(update)):
                key = "weekly.later" if fact_order(update) > fact_order(latest) else "weekly.earlier"
                told.append((self.words(key, day=self.short_day(update.on), said=texts), self.told(update)))
        runs = groupby(told, lambda one: one[1])
        sentences = [f"{ended('; '.join(text for text, _ in run))} {source}" for source, run in runs]
        return " ".join([sentences[0], *(text[0].upper() + text[1:] for text in sentences[1:])])

    def _done(self, task: Task) -> Line:
        """Say of a task that is finished whether that was in time."""
        if task.status is not Status.DONE or task.completed_on is None:
            return ()
        away = self.formatter.away(task)
        day = self.words("weekly.done", day=self.formatter.day(task.completed_on))
        if away is None:
            return _line(day)
        due = self.words("weekly.due", due=self.formatter.due(task.due, task.due_text))
        return _line(day, ", ", away, f" ({due})")

    def late_result(self, item: SummaryItem) -> Line:
        """Say what was recorded in the week of a day before it."""
        line = _line(StyledText(self.words("weekly.late_update"), "remark"), " ", *self.result(item))
        if item.update is None:
            return line
        day = self.short_day(self._local_day(item.update.recorded_at))
        return _line(*line, " " + ended(self.words("weekly.recorded", day=day)))

    def standing(self, item: SummaryItem) -> Line:
        """Say how a task stands, its deadline, and the last word on it where work goes on."""
        task, name = item.task, f"{self.named(item.task)}: "
        if done := self._done(task):
            return _line(name, *done, ".")
        due = _line(" ", *self._due(task, status_said=True)) if task.due else ()
        return _line(
            name, self.formatter.status(task), ".", *due, *(self._latest(item) if task.is_open else ())
        )

    def deadline(self, item: SummaryItem, extended: int = 0) -> Line:
        """Say a deadline, how far it is, how often it was extended, how the work stands, and the last word on it."""
        task, update = item.task, item.update
        status_said = update is not None and update.status is task.status
        due = self._due(task, status_said=status_said, extended=extended)
        return _line(f"{self.named(task)}. ", *due, *self._latest(item))

    def _due(self, task: Task, *, status_said: bool, extended: int = 0) -> Line:
        words, away = self.words, self.formatter.away(task)
        parts: list[str | StyledText] = [
            words("weekly.deadline", due=self.formatter.due(task.due, task.due_text)),
            *((", ", away) if away else ()),
        ]
        if task.status in (Status.PAUSED, Status.SUBMITTED) and not status_said:
            parts.append(f", {words(f'weekly.{task.status}')}")
        if task.first_due and task.first_due != task.due:
            parts.append(f", {words('weekly.first_due', day=self.formatter.day(task.first_due))}")
        if extended:
            parts.append(f", {words.plural('weekly.extended', extended)}")
        return _line(*parts, ".")

    def _latest(self, item: SummaryItem) -> Line:
        update = item.update
        if update is None:
            return _line(" " + ended(self.words("weekly.no_update")))
        said = self.words("weekly.latest", day=self.short_day(update.on), said=self.said(update))
        return _line(f" {ended(said)} {self.told(update)}")

    def difficulty(self, item: SummaryItem) -> Line:
        """Say what stands in the way, and since when."""
        task, after = item.task, ""
        if task.blocked_since:
            after = ended(f" {self.words('show.since', day=self.formatter.day(task.blocked_since))}")
        if item.update:
            after += f" {self.told(item.update)}"
        blocked = StyledText(one_line(task.blocked or ""), "blocked")
        return _line(f"{self.named(task)}: ", blocked, after)

    def next_step(self, item: SummaryItem) -> Line:
        """Say what comes next, and when it is due."""
        task = item.task
        steps = item.update is not None and item.update.next
        if steps:
            said = one_line(steps)
        else:
            said = self.words(f"counted.{task.status}")
            if task.percent is not None:
                said += f" {task.percent}%"
        if task.start and task.start > self.formatter.heading.as_of:
            said += f", {self.words('weekly.starts', day=self.formatter.day(task.start))}"
        due = _line(" ", *self._due(task, status_said=not steps)) if task.due else ()
        return _line(f"{self.named(task)}: {ended(said)}", *due)

    def proposal(self, proposal: Proposal) -> Line:
        """Say a proposal, since when, and whether it was answered."""
        words, update = self.words, proposal.update
        line = f"{self.named(proposal.task)}: {ended(one_line(update.proposal or ''))}"
        line += f" {ended(words('weekly.proposed', day=self.formatter.day(update.on)))} {self.told(update)} "
        if proposal.answered is None:
            return _line(line, StyledText(ended(words("weekly.unanswered")), "strong"))
        answer = one_line(proposal.answered.answered or "")
        day = self.short_day(proposal.answered.on)
        return _line(line + ended(words("weekly.answered", day=day, text=answer)))

    def silence(self, silence: Silence) -> Line:
        """Name an organisation that said nothing, and its tasks."""
        words = self.words
        labels = ", ".join(task.label for task in silence.tasks)
        count = words.plural("weekly.tasks", len(silence.tasks), labels=labels)
        name = silence.organisation.label(words.language)
        return _line(ended(f"{name}: {count}, {self._last(silence.last_update)}"))

    def stale(self, item: SummaryItem) -> Line:
        """Name a task of which nothing was heard for long."""
        return _line(ended(f"{self.named(item.task)}: {self._last(item.task.updated_on)}"))

    def _last(self, day: str | None) -> str:
        """Say when something was heard last, or that nothing ever was."""
        return self.words("weekly.last", day=self.formatter.day(day)) if day else self.words("weekly.never")

    def deadline_change(self, change: DeadlineChange, *, with_day: bool = False) -> Line:
        """Say how a deadline was changed, from which day on (or, if wanted, when it was put right), and why."""
        words = self.words
        old, new = (self.formatter.due(day, None) for day in (change.old, change.new))
        line = f"{self.named(change.task)}: "
        line += words(f"weekly.{change.kind}", nth=change.nth, old=old, new=new)
        if change.on:
            line += f", {words('weekly.from_day', day=self.formatter.day(change.on))}"
        elif with_day:
            line += (
                f", {words('report.corrected_on', day=self.formatter.day(self._local_day(change.recorded)))}"
            )
        if not change.reason:
            return _line(ended(line))
        return _line(f"{line}. {ended(words('weekly.reason', text=one_line(change.reason)))}")

    def _local_day(self, moment: str) -> str:
        """Return the day of a moment by the plan's clock."""
        return local_day(moment, self.formatter.heading.plan.reporting.timezone)

    def plan_change(self, change: PlanChange) -> Line:
        """Say that a revision of the plan was carried in, when and by whom, and what it changed."""
        said = self.words(
            "weekly.plan_applied",
            revision=self.words("plan.revision", number=change.revision),
            origin=origin(change.git_commit, change.sha256) + self.dirty(change.dirty),
            moment=self.formatter.moment(change.recorded_at),
            name=change.author,
        )
        parts = [span for line in self.plan_parts(change) for span in _line("\n", *line)]
        return _line(ended(said), *parts)

    def plan_parts(self, change: PlanChange) -> list[Line]:
        """Say what a revision changed, a line for each area, activity, organisation, place."""
        if change.after is None:
            return []
        from plantrack.render.layout.plan_changes import Changes

        changes = Changes(change.before, change.after, self.words)
        return [changes.line(part) for part in change.parts]

    def dirty(self, dirty: bool | None) -> str:
        """Mark a plan file that differed from its commit."""
        return f", {self.words('plan.dirty')}" if dirty else ""


def origin(git_commit: str | None, sha256: str) -> str:
    """Return the commit, where there is one, and the hash of a plan file, in short."""
    hashed = f"sha256 {sha256[:12]}…"
    return f"git {git_commit[:7]}, {hashed}" if git_commit else hashed
