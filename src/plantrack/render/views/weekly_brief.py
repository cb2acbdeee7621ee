"""The week in a few lines, for a chat."""

from collections.abc import Callable, Iterator
from itertools import islice

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.views.rows import JoinedRows, Rows
from plantrack.model.views.weekly import SummaryItem, Weekly
from plantrack.render.layout.blocks import text_of
from plantrack.render.layout.fact_formatter import FactFormatter, one_line
from plantrack.render.layout.sentences import Sentences, ended

#: How many tasks a line names, and how much of a title or of what was said.
_FEW, _LONGEST = 3, 44


def figures(view: Weekly, words: Words) -> str:
    """Say the week in one sentence: how far, how late, and who was silent."""
    total, change = view.progress.total, view.change["total"]
    said = words(
        "weekly.figures",
        done=_done(total, change.done, words),
        overdue=words.number(total.open_overdue) + _noted([_moved(change.open_overdue, words)]),
        blocked=words.number(total.blocked) + _noted([_moved(change.blocked, words)]),
        no_due=words.number(total.open_no_due) + _noted([_moved(change.open_no_due, words)]),
    )
    silent = len(view.silent_organisations)
    return f"{said}; {words.plural('weekly.silent', silent)}." if silent else f"{said}."


def _done(total: Counts, moved: int, words: Words) -> str:
    """Say how many are done of how many, and which of all do not count."""
    said = words.plural("weekly.done_of", total.not_dropped, done=words.number(total.done))
    left_out = words("weekly.left_out", n=words.number(total.dropped)) if total.dropped else ""
    recurring = _recurring(total, words) if total.recurring else ""
    return said + _noted([_moved(moved, words), left_out, recurring])


def _recurring(total: Counts, words: Words) -> str:
    return words("weekly.recurring", n=words.number(total.recurring), total=words.number(total.total))


def _moved(n: int, words: Words) -> str:
    if not n:
        return ""
    return words("weekly.up" if n > 0 else "weekly.down", n=words.number(abs(n)))


def _noted(said: list[str]) -> str:
    """Put what there is into brackets."""
    there = "; ".join(filter(None, said))
    return f" ({there})" if there else ""


def brief(view: Weekly, words: Words) -> str:
    """Word the week in at most ten lines."""
    say = Sentences(FactFormatter(words, view.heading), with_notes=False)
    title = words(
        "weekly.brief.title",
        number=int(view.period[-2:]),
        first=words.from_day(view.first_day, view.last_day),
        last=words.day(view.last_day),
        plan=say.formatter.plan,
    )
    summary = figures(view, words)
    about = " · ".join(map(text_of, say.formatter.lines(view.progress.filter)))
    lines = [title, *([about] if about else []), summary[0].upper() + summary[1:]]
    return "\n".join([*lines, *_lines(view, say)]) + "\n"


def _lines(view: Weekly, say: Sentences) -> Iterator[str]:
    words = say.words
    due = JoinedRows(view.due_on_closing_day, view.due_soon)
    sections: list[tuple[str, Rows[SummaryItem], Callable[[SummaryItem], str]]] = [
        ("overdue", view.overdue, lambda item: _away(item, say)),
        ("soon", due, lambda item: _away(item, say)),
        ("blocked", view.difficulties, lambda item: item.task.blocked or ""),
        (
            "results",
            JoinedRows(view.results, view.late_updates),
            lambda item: say.said(item.update) if item.update else "",
        ),
        ("next", view.next_week, lambda item: item.update.next or "" if item.update else ""),
    ]
    for name, items, fact in sections:
        if items:
            yield words(f"weekly.brief.{name}", tasks=_few(items, fact, say))
    if view.proposals:
        waiting = sum(p.answered is None for p in view.proposals)
        yield words("weekly.brief.proposals", new=sum(p.is_new for p in view.proposals), waiting=waiting)


def _few(items: Rows[SummaryItem], fact: Callable[[SummaryItem], str], say: Sentences) -> str:
    """Name the first tasks, each with a fact, and say how many more there are."""
    named = []
    for item in islice(items, _FEW):
        name, said = shortened(say.formatter.name(item.task)), shortened(one_line(fact(item)))
        named.append(f"{name} ({said})" if said else name)
    if len(items) > _FEW:
        named.append(say.words.plural("weekly.brief.more", len(items) - _FEW))
    return ended("; ".join(named))


def shortened(text: str, longest: int = _LONGEST) -> str:
    """Cut a text between two words."""
    if len(text) <= longest:
        return text
    head = text[:longest]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:") + "…"


def _away(item: SummaryItem, say: Sentences) -> str:
    away = say.formatter.away(item.task)
    lead = say.formatter.organisations(item.task.lead)
    return ", ".join([part for part in (away.text if away else "", lead) if part])
