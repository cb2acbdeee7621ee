"""The lines of the weekly summary: a task in a sentence, with who leads, how late, what was said and by whom."""

from collections.abc import Iterator
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

    def named(self, task: Task) -> str:
        """Name a task: code, title, number, who leads."""
        return self.words(
            "weekly.task", name=self.formatter.name(task), label=task.label, lead=self.formatter.leads(task)
        )

    def short_day(self, day: str) -> str:
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
        if update.told_by:
            return ended(self.words("update.told", name=update.told_by))
        return ended(self.words("update.recorded", name=update.author))

    def result(self, item: SummaryItem) -> Line:
        """Say what came of a task in the week."""
        task, update = item.task, item.update
        done = self._done(task)
        line = (StyledText(f"{self.named(task)}: "), *done)
        if update is None:
            return line
        said = self.said(update, with_done=not done)
        if said and update.on != task.completed_on:
            said = f"{self.short_day(update.on)}, {said}"
        between = "; " if done and said else ""
        return (*line, StyledText(self._with_earlier(between + said, item)))

    def _with_earlier(self, said: str, item: SummaryItem) -> str:
        """Add what else was said in the week, each with its day and its source; a source is named once."""
        if item.update is None:
            return ended(said)
        told = [(said, self.told(item.update))]
        for update in item.earlier:
            if texts := "; ".join(self._texts(update)):
                key = "weekly.later" if fact_order(update) > fact_order(item.update) else "weekly.earlier"
                told.append((self.words(key, day=self.short_day(update.on), said=texts), self.told(update)))
        runs = groupby(told, lambda one: one[1])
        sentences = [f"{ended('; '.join(text for text, _ in run))} {source}" for source, run in runs]
        return " ".join([sentences[0], *(text[0].upper() + text[1:] for text in sentences[1:])])

    def _done(self, task: Task) -> Line:
        """Say of a task that is finished whether that was in time."""
        if task.status is not Status.DONE or task.completed_on is None:
            return ()
        away = self.formatter.away(task)
        day = StyledText(self.words("weekly.done", day=self.formatter.day(task.completed_on)))
        if away is None:
            return (day,)
        due = self.words("weekly.due", due=self.formatter.due(task.due, task.due_text))
        return day, StyledText(", "), away, StyledText(f" ({due})")

    def late_result(self, item: SummaryItem) -> Line:
        """Say what was recorded in the week of a day before it."""
        zone = self.formatter.heading.plan.reporting.timezone
        line = (StyledText(self.words("weekly.late_update"), "remark"), StyledText(" "), *self.result(item))
        if item.update is None:
            return line
        day = self.short_day(local_day(item.update.recorded_at, zone))
        return *line, StyledText(" " + ended(self.words("weekly.recorded", day=day)))

    def standing(self, item: SummaryItem) -> Line:
        """Say how a task stands, its deadline, and the last word on it where work goes on."""
        task = item.task
        line = (StyledText(f"{self.named(task)}: "), self.formatter.status(task), StyledText("."))
        if done := self._done(task):
            return (StyledText(f"{self.named(task)}: "), *done, StyledText("."))
        due = (StyledText(" "), *self._due(task, status_said=True)) if task.due else ()
        return (*line, *due, *(self._latest(item) if task.is_open else ()))

    def deadline(self, item: SummaryItem, extended: int = 0) -> Line:
        """Say a deadline, how far it is, how often it was extended, how the work stands, and the last word on it."""
        task, update = item.task, item.update
        status_said = update is not None and update.status is task.status
        due = self._due(task, status_said=status_said, extended=extended)
        return (StyledText(f"{self.named(task)}. "), *due, *self._latest(item))

    def _due(self, task: Task, *, status_said: bool, extended: int = 0) -> Line:
        words, away = self.words, self.formatter.away(task)
        line: Line = (StyledText(words("weekly.deadline", due=self.formatter.due(task.due, task.due_text))),)
        if away:
            line = (*line, StyledText(", "), away)
        if task.status in (Status.PAUSED, Status.SUBMITTED) and not status_said:
            line = (*line, StyledText(f", {words(f'weekly.{task.status}')}"))
        if task.first_due and task.first_due != task.due:
            line = (
                *line,
                StyledText(f", {words('weekly.first_due', day=self.formatter.day(task.first_due))}"),
            )
        if extended:
            line = (*line, StyledText(f", {words.plural('weekly.extended', extended)}"))
        return (*line, StyledText("."))

    def _latest(self, item: SummaryItem) -> Line:
        update = item.update
        if update is None:
            return (StyledText(" " + ended(self.words("weekly.no_update"))),)
        said = self.words("weekly.latest", day=self.short_day(update.on), said=self.said(update))
        return (StyledText(f" {ended(said)} {self.told(update)}"),)

    def difficulty(self, item: SummaryItem) -> Line:
        """Say what stands in the way, and since when."""
        task = item.task
        since = (
            f" {self.words('show.since', day=self.formatter.day(task.blocked_since))}"
            if task.blocked_since
            else ""
        )
        told = f" {self.told(item.update)}" if item.update else ""
        blocked = StyledText(one_line(task.blocked or ""), "blocked")
        return (
            StyledText(f"{self.named(task)}: "),
            blocked,
            StyledText(ended(since) + told if since else told),
        )

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
        due = (StyledText(" "), *self._due(task, status_said=not steps)) if task.due else ()
        return (StyledText(f"{self.named(task)}: {ended(said)}"), *due)

    def proposal(self, proposal: Proposal) -> Line:
        """Say a proposal, since when, and whether it was answered."""
        words, update = self.words, proposal.update
        line = f"{self.named(proposal.task)}: {ended(one_line(update.proposal or ''))}"
        line += f" {ended(words('weekly.proposed', day=self.formatter.day(update.on)))} {self.told(update)} "
        if proposal.answered is None:
            return StyledText(line), StyledText(ended(words("weekly.unanswered")), "strong")
        answer = one_line(proposal.answered.answered or "")
        day = self.short_day(proposal.answered.on)
        return (StyledText(line + ended(words("weekly.answered", day=day, text=answer))),)

    def silence(self, silence: Silence) -> Line:
        """Name an organisation that said nothing, and its tasks."""
        words = self.words
        labels = ", ".join(task.label for task in silence.tasks)
        last = silence.last_update
        when = words("weekly.last", day=self.formatter.day(last)) if last else words("weekly.never")
        count = words.plural("weekly.tasks", len(silence.tasks), labels=labels)
        name = silence.organisation.label(self.words.language)
        return (StyledText(ended(f"{name}: {count}, {when}")),)

    def stale(self, item: SummaryItem) -> Line:
        """Name a task of which nothing was heard for long."""
        last = item.task.updated_on
        day = self.words("weekly.last", day=self.formatter.day(last)) if last else self.words("weekly.never")
        return (StyledText(ended(f"{self.named(item.task)}: {day}")),)

    def deadline_change(self, change: DeadlineChange, *, with_day: bool = False) -> Line:
        """Say how a deadline was changed, from which day on (or, if wanted, when it was put right), and why."""
        words = self.words
        old, new = (
            self.formatter.day(day) if day else words("task.no_due") for day in (change.old, change.new)
        )
        line = f"{self.named(change.task)}: "
        line += words(f"weekly.{change.kind}", nth=change.nth, old=old, new=new)
        if change.on:
            line += f", {words('weekly.from_day', day=self.formatter.day(change.on))}"
        elif with_day:
            line += f", {words('report.corrected_on', day=self._local(change.recorded))}"
        if not change.reason:
            return (StyledText(ended(line)),)
        return (StyledText(f"{line}. {ended(words('weekly.reason', text=one_line(change.reason)))}"),)

    def _local(self, moment: str) -> str:
        """Write the day of a moment by the plan's clock."""
        return self.formatter.day(local_day(moment, self.formatter.heading.plan.reporting.timezone))

    def plan_change(self, change: PlanChange) -> Line:
        """Say that a revision of the plan was carried in, when and by whom, and what it changed."""
        said = self.words(
            "weekly.plan_applied",
            revision=self.words("plan.revision", number=change.revision),
            origin=origin(change.git_commit, change.sha256) + self.dirty(change.dirty),
            moment=self.formatter.moment(change.recorded_at),
            name=change.author,
        )
        parts = [span for line in self.plan_parts(change) for span in (StyledText("\n"), *line)]
        return (StyledText(ended(said)), *parts)

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
