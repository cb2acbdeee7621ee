"""The weekly summary as lines of text."""

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.views.weekly import Weekly
from plantrack.render.formats import render
from plantrack.render.views.weekly import document
from tests.support.factory import make_progress
from tests.support.factory_weekly import make_weekly

VI = Words("vi")
#: What of the view is a list of tasks, each with an update.
SECTION_LISTS = (
    "results", "late_updates", "overdue", "due_on_closing_day", "due_soon", "difficulties", "next_week", "stale"
)  # fmt: skip


def printed(view: Weekly, words: Words = VI, form: str = "plain") -> str:
    """Return the summary in a format of text."""
    return render(document(view, words), form, words, width=80, colour=False)


def make_empty() -> Weekly:
    """Return a week in which nothing was and nothing happened."""
    lists = [*SECTION_LISTS, "proposals", "silent_organisations", "deadline_changes", "plan_changes"]
    change = {"total": Counts()}
    return make_weekly(progress=make_progress([]), change=change, **dict.fromkeys(lists, ()))


def section(view: Weekly, number: str, words: Words = VI) -> list[str]:
    """Return the lines of a section, without its heading."""
    lines = printed(view, words).split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith(f"{number} "))
    return lines[at + 1 : lines.index("", at)]
