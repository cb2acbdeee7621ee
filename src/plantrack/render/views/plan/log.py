"""The applied revisions of the plan."""

from plantrack.i18n.words import Words
from plantrack.model.text import visible
from plantrack.model.views.plan import PlanLog, RevisionLine
from plantrack.render.layout.blocks import Column, Document, Row, Table
from plantrack.render.layout.fact_formatter import Voice, one_line
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.sentences import origin


def document(view: PlanLog, words: Words) -> Document:
    """Word the revisions, the newest first."""
    voice = Voice(words, view.heading)
    columns = (
        Column(words("column.revision"), "right"),
        Column(words("column.moment"), wraps=True, least=16),
        Column(words("column.author"), wraps=True, least=10),
        Column(words("column.file"), wraps=True, least=16),
        Column(words("column.origin")),
    )
    rows = tuple(_revision(revision, voice) for revision in view.revisions)
    return Document(words("plan.log", plan=voice.plan), voice.lines(), (Table(columns, rows),))


def _revision(revision: RevisionLine, voice: Voice) -> Row:
    came = origin(revision.git_commit, revision.sha256).replace(", ", "\n")
    if revision.dirty:
        came += f"\n{voice.words('plan.dirty')}"
    file = visible(revision.file)
    if revision.reason:
        file += f"\n({voice.words('log.reason', reason=one_line(revision.reason))})"
    moment = voice.moment(revision.recorded_at)
    return Row((str(revision.revision), moment, one_line(revision.author), file, came))


def data(view: PlanLog, words: Words) -> list[Object]:
    """Give the revisions for JSON."""
    return [revision._asdict() for revision in view.revisions]
