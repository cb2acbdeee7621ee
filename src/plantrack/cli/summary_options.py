"""What the commands share that sum up a stretch of days: both languages in one document, and an exit code for monitors."""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Annotated

from typer import Option

from plantrack.cli.params import listed
from plantrack.cli.session import Session
from plantrack.errors import Exit, Failure
from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.filters import flag_named
from plantrack.model.free_words import TakenWords
from plantrack.model.text import nearest, quoted, visible
from plantrack.model.views.header import ViewHeader
from plantrack.render.layout.blocks import Document
from plantrack.render.layout.fact_formatter import no_match

if TYPE_CHECKING:
    from plantrack.model.views.progress import Progress  # `list` needs none

WithNotes = Annotated[bool, Option("--with-notes", help="opt.with_notes")]
FailOn = Annotated[list[str] | None, Option("--fail-on", metavar="CONDITION", help="opt.fail_on")]
#: What `--fail-on` may ask for, and the count that says so.
CONDITIONS = {"overdue": "open_overdue", "blocked": "blocked", "stale": "stale"}


def conditions(fail_on: list[str] | None) -> tuple[str, ...]:
    """Read `--fail-on`; an unknown condition is refused before anything is done."""
    return tuple(_condition(one) for one in listed(fail_on))


def _condition(typed: str) -> str:
    """Read a condition as filters read their flags, in either language."""
    name = flag_named(typed)
    if name in CONDITIONS:
        return name
    raise Failure("unknown-condition", condition=typed, near=nearest(typed, CONDITIONS))


def tell_taken(session: Session, taken: Sequence[TakenWords]) -> None:
    """Tell which words were read as a filter, and how to search for them instead; and whom a part of a name means."""
    for one in taken:
        if one.in_part:
            session.say("reply.name-taken", typed=one.typed, filter=quoted(one.spelled))
    free = [one for one in taken if not one.in_part]
    if free:
        session.say(
            "reply.filter-taken",
            words=", ".join(f"“{visible(one.typed)}”" for one in free),
            filter=" ".join(quoted(one.spelled) for one in free),
            text=" ".join(f"text:{quoted(visible(one.typed))}" for one in free),
        )


def tell_filter(session: Session, view: "Progress") -> None:
    """Tell how the filter of a summary was read, and what its words may mean where none was found."""
    tell_taken(session, view.taken)
    if view.near:
        session.tell(no_match(session.words, view.filter, view.near))


def fail_when(session: Session, wanted: Collection[str], found: Counts) -> None:
    """End with 1 when the report has any of what was asked for."""
    if any(getattr(found, CONDITIONS[one]) for one in wanted):
        session.exit_code = Exit.FOUND


def fail_unsound(session: Session, heading: ViewHeader) -> None:
    """End with 6 where something is wrong with the database, and say so."""
    if heading.faults:
        from plantrack.render.layout.history_faults import warning

        session.insist(warning(heading.faults, session.words))
        session.exit_code = Exit.DATABASE


def in_languages(session: Session, document: Callable[[Words], Document]) -> Callable[[Words], Document]:
    """Return a document as it is, or in each of the languages that were asked for, one after the other."""
    if len(session.languages) < 2:
        return document
    from plantrack.render.layout.documents import joined

    return lambda _: joined([document(Words(language)) for language in session.languages], session.languages)
