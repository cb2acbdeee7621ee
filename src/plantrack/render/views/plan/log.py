"""The applied revisions of the plan."""

from plantrack.i18n.words import Words
from plantrack.model.text import visible
from plantrack.model.views.plan import PlanLog, RevisionLine
from plantrack.render.layout.blocks import Document, Table, TableColumn, TableRow
from plantrack.render.layout.fact_formatter import FactFormatter, one_line
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.sentences import origin


def document(view: PlanLog, words: Words) -> Document:
    """Word the revisions, the newest first."""
    formatter = FactFormatter(words, view.heading)
    columns = (
        TableColumn(words("column.revision"), "right"),
        TableColumn(words("column.moment"), wraps=True, least=16),
        TableColumn(words("column.author"), wraps=True, least=10),
        TableColumn(words("column.file"), wraps=True, least=16),
        TableColumn(words("column.origin")),
    )
    rows = tuple(_revision(revision, formatter) for revision in view.revisions)
    return Document(words("plan.log", plan=formatter.plan), formatter.lines(), (Table(columns, rows),))


def _revision(revision: RevisionLine, formatter: FactFormatter) -> TableRow:
    came = origin(revision.git_commit, revision.sha256).replace(", ", "\n")
    if revision.dirty:
        came += f"\n{formatter.words('plan.dirty')}"
    file = visible(revision.file)
    if revision.reason:
        file += f"\n({formatter.words('log.reason', reason=one_line(revision.reason))})"
    moment = formatter.moment(revision.recorded_at)
    return TableRow((str(revision.revision), moment, one_line(revision.author), file, came))


def data(view: PlanLog, words: Words) -> list[Object]:
    """Return the revisions for JSON."""
    return [revision._asdict() for revision in view.revisions]
