"""How facts of a task are said, alike in every report."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from plantrack.i18n.words import Words
from plantrack.model.days import civil_period, days_between
from plantrack.model.history import Part
from plantrack.model.names import Names, place_label
from plantrack.model.plan import CitedDocument, Plan, Text
from plantrack.model.status import DeadlineState
from plantrack.model.task import Task
from plantrack.model.views.header import ViewHeader
from plantrack.render.layout.blocks import Meaning, Said, StyledText

_MEANINGS: dict[str, Meaning] = {
    "done": "done",
    "in_progress": "in_progress",
    "dropped": "quiet",
    "carried_over": "quiet",
    "open_overdue": "overdue",
    "open_due_soon": "due_soon",
    "done_late": "warning",
    "done_on_time": "done",
}


def meaning_of(name: str) -> Meaning:
    """Return the meaning of a status or a deadline state."""
    return _MEANINGS.get(name, "")


def one_line(text: str) -> str:
    """Return a text of several lines as one."""
    return " / ".join(text.split("\n")) if "\n" in text else text


def plan_name(plan: Plan, words: Words) -> str:
    """Return the name of a plan: by its number, where it has one."""
    if plan.number is None:
        return plan.title.within(words.language)
    return words("plan.numbered", number=plan.number)


def asked_again(heading: ViewHeader, filter_read: str, words: Words) -> str:
    """Return what is typed after a command and its own terms to ask of the same tasks, the same day, the same plan."""
    rest = f" {filter_read}" if filter_read else ""
    rest += f" --as-of {typed_day(heading.as_of, words)}"
    if heading.known_given and heading.known_at:
        rest += f" --known-at {heading.known_at}"
    return rest + plan_named(heading)


def plan_named(heading: ViewHeader) -> str:
    """Return the option that names the plan, where there are several."""
    return f" --plan {heading.plan.id}" if heading.one_of_several else ""


def typed_day(day: str, words: Words) -> str:
    """Return a day as people type it."""
    year, month, number = day.split("-")
    return f"{int(number)}/{int(month)}/{year}" if words.language == "vi" else day


def no_match(words: Words, filter_read: str, near: Sequence[str]) -> str:
    """Say that nothing passes a filter, and the nearest words there are."""
    said = words("list.no_match", filter=filter_read)
    return f"{said} {words('hint.near', near=', '.join(near))}" if near else said


def part_said(part: Part) -> str:
    """Return a part of a checklist in a line."""
    return f"[{'x' if part.is_done else ' '}] {part.number}. {part.text}"


def time_said(text: str, words: Words) -> str:
    """Say a time as the plan has it: a period in full, other words as they are."""
    if text == "ongoing":
        return words("task.ongoing")
    return words.period(text) if civil_period(text) else one_line(text)


class FactFormatter:
    """Says the facts of one report in one language; what repeats in it is worded once."""

    def __init__(self, words: Words, heading: ViewHeader) -> None:
        self.words = words
        self.heading = heading
        self.names = Names(heading.plan)
        #: What is not known, in a table.
        self.unknown = words("unknown.short")
        self.blocked = StyledText(words("flag.blocked"), "blocked")
        self.stale = StyledText(words("flag.stale"), "warning")
        #: A text without parameters.
        self.word: Callable[[str], str] = cache(words)
        self.day = cache(words.day)
        self.organisation = cache(self._organisation)
        self._period = cache(lambda text: time_said(text, words))
        self._leads_of = cache(self._worded_leads)
        self._away_of = cache(self._worded_away)
        self._status_of = cache(self._worded_status)

    @property
    def plan(self) -> str:
        """Return the name of the plan."""
        return plan_name(self.heading.plan, self.words)

    @property
    def about(self) -> str:
        """Return the plan and the day, as a title says them."""
        return self.words("heading.about", plan=self.plan, day=self.day(self.heading.as_of))

    def lines(self, filter_read: str = "") -> tuple[Said, ...]:
        """Return the lines under a title: the label of made-up data, how far it looks, the filter as it was read."""
        lines: list[Said] = []
        if self.heading.is_example:
            lines.append((StyledText(self.words("heading.example"), "example"),))
        if self.heading.faults:
            from plantrack.render.layout import history_faults

            lines.append((StyledText(history_faults.warning(self.heading.faults, self.words), "warning"),))
        if self.heading.elsewhere:
            from plantrack.render.layout.elsewhere import elsewhere_said

            lines.append((StyledText(elsewhere_said(self.heading.elsewhere, self.words), "warning"),))
        if self.heading.known_given and self.heading.known_at:
            lines.append(self.words("heading.known_given", moment=self.moment(self.heading.known_at)))
        if self.heading.unfinished:
            from plantrack.render.layout import unfinished

            lines += [(StyledText(line, "warning"),) for line in unfinished.lines(self.heading, self.words)]
        if filter_read:
            lines.append(self.words("filter.read", filter=filter_read))
        return tuple(lines)

    def known(self) -> str:
        """Return the moment up to which facts are known, or nothing when there are none."""
        moment = self.heading.known_at
        return self.words("heading.known_at", moment=self.moment(moment)) if moment else ""

    def moment(self, moment: str) -> str:
        """Write a moment by the plan's clock."""
        return self.words.moment(moment, self.heading.plan.reporting.timezone)

    def waiting(self, task: Task) -> StyledText:
        """Return which tasks one waits for."""
        return StyledText(self.words("flag.waiting", tasks=", ".join(task.waits_for)), "warning")

    def in_language(self, text: Text | None) -> str | None:
        """Return a text in the reader's language, if there is one."""
        return text.within(self.words.language) if text else None

    def text(self, text: Text) -> str:
        """Return a text in the reader's language, on one line."""
        return one_line(text.within(self.words.language))

    def name(self, task: Task) -> str:
        """Return the code and the title of a task."""
        return f"{task.heading} {self.text(task.title)}"

    def _organisation(self, party: str) -> str:
        return self.names.party_label(party, self.words.language)

    def organisations(self, parties: Iterable[str]) -> str:
        """Return organisations in a row."""
        return ", ".join(map(self.organisation, parties))

    def places(self, places: Iterable[str]) -> str:
        """Return places in a row."""
        known = self.names.places
        return ", ".join(place_label(known, place, self.words.language) for place in places)

    def document(self, document: CitedDocument) -> str:
        """Write a document in a form in which it can be typed again: its number, day, issuer and subject."""
        number, day, issuer, subject = document.number, document.date, document.issuer, document.title
        bare = number is not None and number[0].isdecimal()  # with its kind before it, it says so itself
        parts = (
            self.words("document.number", number=number) if bare else number,
            day and self.words("document.day", day=self.day(day)),
            issuer and self.words("document.issuer", issuer=issuer),
            subject and self.words("document.subject", subject=subject.vi),
        )
        return " ".join(filter(None, parts))

    def leads(self, task: Task) -> str:
        """Say who leads, or that it is not known."""
        return self._leads_of(task.lead)

    def _worded_leads(self, lead: tuple[str, ...]) -> str:
        names = self.organisations(lead) or self.words("unknown.said")
        return self.words("task.lead", names=names)

    def status(self, task: Task) -> StyledText:
        """Say the status, with the percentage while work goes on."""
        return self._status_of(task.status, task.percent if task.is_open else None)

    def _worded_status(self, status: str, percent: int | None) -> StyledText:
        text = self.words(f"status.{status}")
        return StyledText(text if percent is None else f"{text} {percent}%", meaning_of(status))

    def due(self, due: str | None, text: str | None) -> str:
        """Say a deadline: as it was written, and its day."""
        written = self._period(text) if text else ""
        if due is None:
            return written or self.words("task.no_due")
        return f"{written} ({self.day(due)})" if written else self.day(due)

    def away(self, task: Task) -> StyledText | None:
        """Say how far a deadline is: days late or left of open work, on time or days late of done work."""
        if task.due is None or task.deadline_state is None:
            return None
        return self._away_of(task.due, task.deadline_state, task.completed_on)

    def _worded_away(self, due: str, state: DeadlineState, completed_on: str | None) -> StyledText:
        words, meaning = self.words, meaning_of(state)
        if state is DeadlineState.DONE_ON_TIME:
            return StyledText(words("away.on_time"), meaning)
        if state is DeadlineState.DONE_LATE and completed_on:
            return StyledText(words.plural("away.late", days_between(due, completed_on)), meaning)
        days = days_between(self.heading.as_of, due)
        if days < 0:
            return StyledText(words.plural("away.overdue", -days), meaning)
        return StyledText(words.plural("away.left", days) if days else words("away.on_day"), meaning)
